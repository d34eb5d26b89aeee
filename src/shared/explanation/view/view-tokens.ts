import { tokenPosition } from '../../sequence/sequence.ts'
import { element } from '../../values/element.ts'
import type { KnownExplanation } from '../known.ts'
import { sequenceOfKnown } from '../known.ts'
import type { TargetRef } from '../question.ts'
import type { TextRole } from '../record.ts'
import { findTarget, sameTarget } from '../target-ref.ts'
import type { Subject } from './subject.ts'
import { targetLabels } from './subject.ts'
import type { ViewDrops } from './view-drops.ts'
import type { ViewWord } from './view-words.ts'

/** How a token is drawn: written before the explained one, explained, or written after it and so of no account. */
export type TokenLook = 'before' | 'explained' | 'later'

/** A token of prompt or completion. */
export interface ViewToken extends TargetRef {
  readonly text: string
  /** As it is spoken of; equal words are numbered. */
  readonly label: string
  readonly look: TokenLook
  /** Whether it is a target, so that it can be explained. */
  readonly watched: boolean
  /** What it did for the subject as part of the input (a word of several tokens does it as one), in nats; `null` where it was not read or not suppressed. */
  readonly nats: number | null
  /** The same as a share of full colour. */
  readonly share: number | null
  /** What it loses without the part of a reverse question, in nats; `null` without one. */
  readonly drop: number | null
  readonly dropShare: number | null
}

/** Prompt and completion, in the order of the sequence. */
export function viewTokens(
  known: KnownExplanation,
  subject: Subject,
  words: readonly ViewWord[],
  without: ViewDrops | null,
): readonly ViewToken[] {
  const tokens = { prompt: known.prompt, completion: known.completion }
  const sequence = sequenceOfKnown(known)
  const effects = new Map(words.flatMap((word) => word.input.members.map((member) => [member as number, word] as const)))
  const last = subject.refs.at(-1)
  const lastAt =
    last === undefined ? Number.POSITIVE_INFINITY : tokenPosition(sequence, { role: last.segment, index: last.index })
  const of = (segment: TextRole): ViewToken[] => {
    const labels = targetLabels(known, segment)
    return tokens[segment].map(({ text }, index) => {
      const ref = { segment, index }
      const at = tokenPosition(sequence, { role: segment, index })
      const effect = effects.get(at) ?? null
      const drop = without?.drops?.find((each) => sameTarget(each, ref)) ?? null
      const explained = !subject.whole && subject.refs.some((each) => sameTarget(each, ref))
      return {
        ...ref,
        text,
        label: element(labels, index),
        look: explained ? 'explained' : !subject.whole && at > lastAt ? 'later' : 'before',
        watched: findTarget(known.targets, ref) !== undefined,
        nats: effect?.nats ?? null,
        share: effect?.share ?? null,
        drop: drop?.nats ?? null,
        dropShare: drop?.share ?? null,
      }
    })
  }
  return [...of('prompt'), ...of('completion')]
}
