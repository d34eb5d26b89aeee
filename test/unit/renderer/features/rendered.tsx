import { render } from '@testing-library/react'
import type { RenderResult } from '@testing-library/react'
import type { ReactNode } from 'react'
import { WorkspaceContext } from '../../../../src/renderer/hooks/workspace-context.ts'
import type { TestWorkspace } from '../../../helpers/renderer/open-test-workspace.ts'
import { openTestWorkspace } from '../../../helpers/renderer/open-test-workspace.ts'

/** Draws a part of the window on the stored sample, in a document without layout. */
export async function rendered(part: ReactNode): Promise<TestWorkspace & { readonly page: RenderResult }> {
  globalThis.matchMedia = () =>
    ({ matches: false, addEventListener: () => {}, removeEventListener: () => {} }) as unknown as MediaQueryList
  const test = await openTestWorkspace()
  return { ...test, page: render(<WorkspaceContext value={test.workspace}>{part}</WorkspaceContext>) }
}
