import { useEffect } from 'react'
import type { DesktopNews } from '../../shared/contract/desktop.ts'
import { notify } from '../state/commands/notify.ts'
import { change } from '../state/store.ts'
import type { Workspace } from '../state/workspace.ts'
import { useWorkspace } from '../hooks/workspace-context.ts'

/** Carries out what the desktop's menu and its opened files ask for. */
export function useNews(openPicture: () => void): void {
  const workspace = useWorkspace()
  useEffect(() => workspace.host.onNews((news) => carryOut(workspace, openPicture, news)), [workspace, openPicture])
}

function carryOut({ store, opening, host }: Workspace, openPicture: () => void, news: DesktopNews): void {
  if (news.kind === 'opened') opening.added(news.picture)
  else if (news.kind === 'not-opened') notify(store, { kind: 'error', text: news.refusal.message })
  else
    switch (news.command) {
      case 'open-picture':
        if (host.capabilities.native) opening.choose()
        else openPicture()
        break
      case 'find':
        document.querySelector<HTMLInputElement>('input[type=search]')?.focus()
        break
      case 'export':
      case 'settings':
      case 'licences':
        change(store, 'viewing', { panel: news.command })
    }
}
