import type { Cell } from '../../../shared/sequence/patch-grid.ts'
import type { WhenceHost } from '../../host/host.ts'
import { sameCell } from '../selectors.ts'
import type { Store } from '../store.ts'
import { change } from '../store.ts'
import { attempt } from './notify.ts'

/** Looking at single patches. */
export interface Inspecting {
  /** Shows a cell's numbers and its neighbours; `null` when the pointer leaves. */
  readonly hover: (cell: Cell | null, byKeyboard: boolean) => void
}

/** Makes the commands. Cosines are asked for once per entry, at the first patch looked at. */
export function createInspecting(host: WhenceHost, store: Store): Inspecting {
  let asked: string | null = null
  const ask = (entry: string): void => {
    if (asked === entry) return
    asked = entry
    attempt(store, async () => {
      const similarity = await host.call('similarity.get', { id: entry })
      if (asked === entry) store.setState({ similarity: { entry, ...similarity } })
    })
  }
  return {
    hover: (cell, byKeyboard) => {
      const { viewing, explaining } = store.getState()
      if (cell !== null && explaining.answer?.entry) ask(explaining.answer.entry)
      if (!sameCell(viewing.hovered, cell) || viewing.byKeyboard !== byKeyboard)
        change(store, 'viewing', { hovered: cell, byKeyboard })
    },
  }
}
