import { tokenPosition } from '../../sequence/sequence.ts'
import { element } from '../../values/element.ts'
import type { KnownExplanation } from '../known.ts'
import { sequenceOfKnown } from '../known.ts'
import type { TargetRef } from '../question.ts'
import { textRoles } from '../text-role.ts'
import type { Subject } from './subject.ts'
import { targetLabels } from './subject.ts'
import type { ViewDrop, ViewDrops } from './view-drops.ts'
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
  const sequence = sequenceOfKnown(known)
  const at = ({ segment, index }: TargetRef): number => tokenPosition(sequence, { role: segment, index })
  const effects = new Map<number, ViewWord>(words.flatMap((word) => word.input.members.map((member) => [member, word])))
  const drops = new Map<number, ViewDrop>(without?.drops?.map((drop) => [at(drop), drop]))
  const watched = new Set(known.targets.map(at))
  const look = lookAt(subject, at)
  return textRoles.flatMap((segment) => {
    const labels = targetLabels(known, segment)
    return known[segment].map(({ text }, index) => {
      const place = at({ segment, index })
      const [effect, drop] = [effects.get(place), drops.get(place)]
      return {
        segment,
        index,
        text,
        label: element(labels, index),
        look: look(place),
        watched: watched.has(place),
        nats: effect?.nats ?? null,
        share: effect?.share ?? null,
        drop: drop?.nats ?? null,
        dropShare: drop?.share ?? null,
      }
    })
  })
}

/** The whole answer marks no token and leaves none behind. */
function lookAt({ whole, refs }: Subject, at: (ref: TargetRef) => number): (place: number) => TokenLook {
  if (whole) return () => 'before'
  const explained = new Set(refs.map(at))
  const last = Math.max(...explained)
  return (place) => (explained.has(place) ? 'explained' : place > last ? 'later' : 'before')
}
