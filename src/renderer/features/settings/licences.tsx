import { useEffect, useState } from 'react'
import type { ReactNode } from 'react'
import type { ResponseOf } from '../../../shared/contract/types.ts'
import { Icon } from '../../components/icon.tsx'
import { useApp, useWorkspace } from '../../hooks/workspace-context.ts'
import { attempt } from '../../state/commands/notify.ts'
import { change } from '../../state/store.ts'

/** Licences of everything inside, over the stage. */
export function Licences(): ReactNode {
  const { store, host } = useWorkspace()
  const open = useApp(({ viewing }) => viewing.panel === 'licences')
  const [list, setList] = useState<ResponseOf<'app.licences'> | null>(null)
  useEffect(() => {
    if (open && list === null) attempt(store, async () => setList(await host.call('app.licences', {})))
  }, [open, list, host, store])
  if (!open) return null
  return (
    <section className="sheet" aria-label="Licences">
      <header>
        <h2>Licences</h2>
        <span className="spring" />
        <button
          type="button"
          className="icon-button"
          aria-label="Close the licences"
          autoFocus
          onClick={() => change(store, 'viewing', { panel: 'none' })}
        >
          <Icon name="close" />
        </button>
      </header>
      {list === null ? (
        <p className="empty">Reading…</p>
      ) : (
        <div className="licences" tabIndex={0} role="group" aria-label="List of licences">
          {list.map(({ name, version, licence, text }) => (
            <details key={`${name} ${version}`}>
              <summary>
                <b>{name}</b> {version} <span className="muted">{licence}</span>
              </summary>
              <pre>{text}</pre>
            </details>
          ))}
        </div>
      )}
    </section>
  )
}
