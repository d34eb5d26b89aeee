import { useMemo } from 'react'
import type { MatrixView } from '../../../shared/explanation/view/matrix.ts'
import { matrixOf } from '../../../shared/explanation/view/matrix.ts'
import { useApp } from '../../hooks/workspace-context.ts'

/** All inputs against all targets of the shown explanation, on the scale that is chosen; `null` before the exact numbers are there. */
export function useMatrix(): MatrixView | null {
  const known = useApp(({ explaining }) => explaining.answer?.known)
  const scale = useApp(({ settings }) => settings.scale)
  return useMemo(() => (known === undefined ? null : matrixOf(known, scale)), [known, scale])
}
