import type { Store } from '../store.ts'
import { change } from '../store.ts'

/** Takes away what a person had pinned, marked, compared and steered: it belonged to the answer shown before. */
export function clearView(store: Store): void {
  change(store, 'viewing', {
    pinned: [],
    pinnedByHand: false,
    preview: null,
    whyNot: null,
    part: null,
    hovered: null,
    playing: false,
  })
  store.setState({ comparing: null, steering: { parts: [], running: false, result: null } })
}
