import type { ReactNode } from 'react'
import { change } from '../state/store.ts'
import { useApp, useWorkspace } from '../hooks/workspace-context.ts'

/** A line that says to a newcomer what is seen and what to try. */
export function FirstRun(): ReactNode {
  const { store } = useWorkspace()
  const shown = useApp(({ explaining }) => explaining.firstRun)
  if (!shown) return null
  return (
    <div className="first-run" role="note">
      <span>
        <b>A stored example.</b> Warm patches made the marked token more likely, cool ones less. Click another token, hover the
        picture for numbers, or drop one of your own.
      </span>
      <button type="button" className="link" onClick={() => change(store, 'explaining', { firstRun: false })}>
        Got it
      </button>
    </div>
  )
}
