import type { TokenId } from '../values/brand.ts'
import { tokenId } from '../values/brand.ts'
import { logProbability } from './log-softmax.ts'

/** A token and how probable it is. */
export interface ScoredToken {
  readonly id: TokenId
  /** Natural logarithm of its probability, in nats. */
  readonly logprob: number
}

/**
 * The most probable tokens under a row of scores over the vocabulary, the best first; of equal ones the lower id.
 * @param count how many; fewer come back when the vocabulary is smaller
 */
export function topCandidates(scores: Float32Array, count: number): ScoredToken[] {
  const logprob = logProbability(scores)
  return bestIds(scores, count).map((id) => ({ id: tokenId(id), logprob: Math.fround(logprob(scores[id] ?? Number.NaN)) }))
}

/** Ids in falling order of score. One pass that keeps the best few: a vocabulary has up to a quarter of a million entries. */
function bestIds(scores: Float32Array, count: number): number[] {
  const best: number[] = []
  scores.forEach((score, id) => {
    if (best.length >= count && !(score > (scores[best.at(-1) ?? 0] ?? 0))) return
    let place = best.length
    while (place > 0 && score > (scores[best[place - 1] ?? 0] ?? 0)) place--
    best.splice(place, 0, id)
    if (best.length > count) best.pop()
  })
  return best
}
