import type { ReactNode } from 'react'
import { Icon } from '../components/icon.tsx'
import { dismiss } from '../state/commands/notify.ts'
import { useApp, useWorkspace } from '../hooks/workspace-context.ts'

/** Messages in the corner. */
export function Notices(): ReactNode {
  const { store } = useWorkspace()
  const notices = useApp((state) => state.notices)
  return (
    <div className="notices" role="region" aria-label="Messages" aria-live="polite">
      {notices.map(({ id, kind, text, action }) => (
        <div key={id} className={`notice ${kind}`} role={kind === 'error' ? 'alert' : undefined}>
          <span>{text}</span>
          {action !== null && (
            <button
              type="button"
              className="link"
              onClick={() => {
                action.run()
                dismiss(store, id)
              }}
            >
              {action.label}
            </button>
          )}
          <button type="button" className="icon-button small" aria-label="Close the message" onClick={() => dismiss(store, id)}>
            <Icon name="close" size={12} />
          </button>
        </div>
      ))}
    </div>
  )
}
