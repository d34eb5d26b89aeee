import type { Panel } from '../state.ts'
import type { Store } from '../store.ts'
import { change } from '../store.ts'

/** Opens a panel, or closes it; a panel that has taken its place meanwhile stays open. */
export function showPanel(store: Store, panel: Exclude<Panel, 'none'>, open: boolean): void {
  if (open) change(store, 'viewing', { panel })
  else if (store.getState().viewing.panel === panel) change(store, 'viewing', { panel: 'none' })
}
