import { formatProbability } from '../numbers.ts'
import { tokenLabel } from '../labels.ts'
import type { Against } from '../question.ts'
import type { KnownExplanation } from '../known.ts'
import { knowsCandidate } from './effects.ts'
import type { Subject } from './subject.ts'

/** A token that could stand where the explained one does. */
export interface ViewCandidate {
  readonly id: number
  /** As the token is spelled. */
  readonly text: string
  readonly label: string
  /** Place among the candidates, by which it is compared; `null` for an explained token that is not one of the five. */
  readonly place: number | null
  /** In [0, 1]. */
  readonly probability: number
  /** The probability as it is written. */
  readonly written: string
  /** Whether it is the explained token itself. */
  readonly own: boolean
  /** Whether the explained token can be compared with it: it is another token, and what it lost is known. */
  readonly comparable: boolean
  /** Whether the explained token is compared with it. */
  readonly compared: boolean
}

/** The five most probable tokens where the subject stands, and the token itself where it is none of them; empty for several tokens. */
export function viewCandidates(
  { numbers }: Pick<KnownExplanation, 'numbers'>,
  { targets }: Subject,
  against: Against,
): ViewCandidate[] {
  const [only, ...others] = targets
  if (only === undefined || others.length > 0) return []
  const listed = only.candidates.map((candidate, place) => ({ ...candidate, place }))
  const missing = listed.some(({ id }) => id === only.id) || listed.length === 0 ? [] : [{ ...only, place: null }]
  return [...listed, ...missing].map(({ id, text, logprob, place }) => ({
    id,
    text,
    label: tokenLabel(text),
    place,
    probability: Math.exp(logprob),
    written: formatProbability(Math.exp(logprob)),
    own: id === only.id,
    comparable: id !== only.id && place !== null && knowsCandidate(numbers, only, place),
    compared: against.kind === 'candidate' && against.place === place,
  }))
}

/** The candidate that the explained token is first compared with: the best of the others; `null` without one. */
export function firstRival(candidates: readonly ViewCandidate[]): ViewCandidate | null {
  return candidates.find(({ comparable }) => comparable) ?? null
}
