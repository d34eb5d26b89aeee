import type { Part } from '../../../shared/explanation/question.ts'
import { samePart } from '../../../shared/explanation/part.ts'
import { needsPass } from '../../../shared/explanation/view/view-drops.ts'
import type { WhenceHost } from '../../host/host.ts'
import { withJointPass } from '../answer.ts'
import type { PartPass, State } from '../state.ts'
import type { Store } from '../store.ts'
import { change, selectView } from '../store.ts'
import { wordsFor } from './notify.ts'

/** Suppressing a chosen part as one: a lasso, a span or a word of several tokens that is no input of the record. */
export interface JointPasses {
  /** Asks again after a pass has failed. */
  readonly retry: () => void
}

/**
 * Makes the commands. A part is asked for as soon as it is chosen and the record is in the history; letting it go takes the question back, and what
 * the pass says is kept for the next time.
 */
export function createJointPasses(host: WhenceHost, store: Store): JointPasses {
  let asked: { readonly entry: string; readonly part: Part } | null = null

  const ask = async (entry: string, part: Part): Promise<void> => {
    const isAsked = (): boolean => asked !== null && asked.entry === entry && samePart(asked.part, part)
    asked = { entry, part }
    setPass(store, { kind: 'running' })
    try {
      const pass = await host.call('part.suppress', { id: entry, positions: [...part.positions] })
      const { answer } = store.getState().explaining
      if (answer?.entry === entry) change(store, 'explaining', { answer: withJointPass(answer, pass) })
      if (isAsked()) setPass(store, { kind: 'idle' })
    } catch (error) {
      if (isAsked()) setPass(store, { kind: 'failed', message: wordsFor(error) })
    }
  }
  const look = (state: State): void => {
    const entry = state.explaining.answer?.entry ?? null
    const part = missingPart(state)
    if (part === null || entry === null) {
      asked = null
      setPass(store, { kind: 'idle' })
    } else if (asked?.entry !== entry || !samePart(asked.part, part)) void ask(entry, part)
  }
  store.subscribe(look)
  return {
    retry: () => {
      asked = null
      look(store.getState())
    },
  }
}

/** The chosen part, when nothing is known of it yet. */
function missingPart(state: State): Part | null {
  const { answer } = state.explaining
  if (state.viewing.part === null || answer?.known.numbers.kind !== 'exact') return null
  const without = selectView(state)?.without ?? null
  return without !== null && needsPass(without) ? without.part : null
}

function setPass(store: Store, partPass: PartPass): void {
  if (JSON.stringify(store.getState().viewing.partPass) !== JSON.stringify(partPass)) change(store, 'viewing', { partPass })
}
