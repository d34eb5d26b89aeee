import { sequenceOfKnown } from '../../shared/explanation/known.ts'
import type { TargetRef } from '../../shared/explanation/question.ts'
import { findTarget } from '../../shared/explanation/target-ref.ts'
import { isRead } from '../../shared/sequence/sequence.ts'
import type { Answer } from './answer.ts'
import type { Store } from './store.ts'
import { change } from './store.ts'
import { strongestToken } from './strongest-token.ts'

/** Takes away what a person had pinned, marked, compared and steered: it belonged to the answer shown before. */
export function clearView(store: Store): void {
  change(store, 'viewing', {
    pinned: [],
    pinnedByHand: false,
    preview: null,
    whyNot: null,
    part: null,
    partPass: { kind: 'idle' },
    hovered: null,
    playing: false,
  })
  store.setState({ comparing: null, steering: { parts: [], running: false, result: null } })
}

/** Shows another answer, and lets go of tokens and parts that it does not have: another model may have written another text. */
export function showAnswer(store: Store, answer: Answer): void {
  store.setState(({ explaining, viewing }) => {
    const { prompt, completion } = answer.known
    const has = ({ segment, index }: TargetRef): boolean => index < (segment === 'prompt' ? prompt : completion).length
    const { pinned, preview, part } = viewing
    const kept = pinned.every(has) ? pinned : pinned.filter(has)
    const sequence = part === null ? null : sequenceOfKnown(answer.known)
    const held = sequence === null || part === null || part.positions.every((at) => isRead(sequence, at)) ? part : null
    const fitting = { pinned: kept, preview: preview !== null && has(preview) ? preview : null, part: held }
    return { explaining: { ...explaining, answer }, viewing: { ...viewing, ...fitting } }
  })
}

/** Until a person pins a token, the one that rests most on a single part of the input is pinned for them. */
export function pinStrongest(store: Store): void {
  const { explaining, viewing } = store.getState()
  const { answer } = explaining
  if (answer === null || viewing.pinnedByHand) return
  if (viewing.pinned.some((ref) => findTarget(answer.known.targets, ref) !== undefined)) return
  const strongest = strongestToken(answer.known)
  if (strongest !== null) change(store, 'viewing', { pinned: [{ segment: 'completion', index: strongest }] })
}
