import type { Claim } from '../claim.ts'
import type { KnownExplanation } from '../known.ts'
import { formatNats, scaleDigits } from '../numbers.ts'
import type { Scale } from '../question.ts'
import type { InputKind } from '../record.ts'
import { absoluteMaximum, answerMaximum, largest, leastMaximum } from '../scale.ts'
import type { ScaleReach } from '../wording.ts'
import { scaleWords, unitWords } from '../wording.ts'

/** A mark on the legend. */
export interface Tick {
  /** Place from the left, 0 to 1. */
  readonly at: number
  /** Relevance there, in nats. */
  readonly nats: number
  /** What is written there: `+2.1`. */
  readonly label: string
}

/** The one scale of a view: of its map, words, tokens, table and legend alike. */
export interface ViewScale {
  /** What was chosen. */
  readonly kind: Scale
  /** What full colour really belongs to: a mean or a difference has a scale of its own. */
  readonly reach: ScaleReach
  /** Relevance of full colour, in nats; at least ln 2. */
  readonly maximum: number
  readonly ticks: readonly Tick[]
  /** "scale: this answer". */
  readonly words: string
  /** "nats; +0.69 = twice as likely with this patch". */
  readonly unit: string
}

/** A scale of a known maximum. */
export function viewScale(kind: Scale, reach: ScaleReach, maximum: number, claim: Claim, input: InputKind): ViewScale {
  const full = Math.max(leastMaximum, maximum)
  return { kind, reach, maximum: full, ticks: scaleTicks(full), words: scaleWords(reach), unit: unitWords(claim, input) }
}

/**
 * Full colour of what is shown and what it belongs to. A single token keeps the scale that was chosen; a mean, a difference and the drops of a reverse
 * question are of another size, so they have a scale of their own.
 * @param shown what is drawn for the subject, in nats
 * @param drops drops of a reverse question; empty without one
 */
export function reachOf(
  known: KnownExplanation,
  kind: Scale,
  claim: Claim,
  shown: ArrayLike<number>,
  drops: readonly number[],
): { readonly reach: ScaleReach; readonly maximum: number } {
  if (kind === 'absolute') return { reach: 'absolute', maximum: absoluteMaximum }
  const own = largest(Array.from(shown))
  const base = ((): { readonly reach: ScaleReach; readonly maximum: number } => {
    if (claim.measure === 'odds') return { reach: 'difference', maximum: own }
    if (claim.tokens > 1) return { reach: 'mean', maximum: own }
    return kind === 'token' ? { reach: 'token', maximum: own } : { reach: 'answer', maximum: knownMaximum(known) }
  })()
  const most = largest(drops)
  return most > base.maximum ? { reach: 'drops', maximum: most } : base
}

/** Full colour of the answer scale, in nats; of the first preview while it is refined. */
export function knownMaximum({ numbers }: Pick<KnownExplanation, 'numbers'>): number {
  switch (numbers.kind) {
    case 'none':
      return 0
    case 'preview':
      return answerMaximum(numbers.first.values)
    case 'exact':
      return numbers.maximum
  }
}

/** Marks at both ends, half-way and zero. */
function scaleTicks(maximum: number): Tick[] {
  const digits = scaleDigits(maximum)
  return [-1, -0.5, 0, 0.5, 1].map((share) => ({
    at: (share + 1) / 2,
    nats: share * maximum,
    label: share === 0 ? '0' : formatNats(share * maximum, digits),
  }))
}
