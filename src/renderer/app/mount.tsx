import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import type { WhenceHost } from '../host/host.ts'
import { createWorkspace } from '../state/workspace.ts'
import { download } from '../features/export/download.ts'
import { App } from './app.tsx'
import { WorkspaceContext } from '../hooks/workspace-context.ts'

/** Puts the app into a page. */
export function mount(root: HTMLElement, host: WhenceHost): void {
  const workspace = createWorkspace(host, download)
  window.addEventListener('pagehide', workspace.preferences.flush)
  createRoot(root).render(
    <StrictMode>
      <WorkspaceContext value={workspace}>
        <App />
      </WorkspaceContext>
    </StrictMode>,
  )
  void workspace.start(new URLSearchParams(window.location.search).has('safe') ? 'safe' : 'usual')
}
