import type { TokenId } from '../values/brand.ts'
import { tokenId } from '../values/brand.ts'
import { lastElement } from '../values/element.ts'
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
  return bestScores(scores, count).map(({ id, score }) => ({ id: tokenId(id), logprob: Math.fround(logprob(score)) }))
}

interface Scored {
  readonly id: number
  readonly score: number
}

/** The best in falling order of score. One pass that keeps the best few: a vocabulary has up to a quarter of a million entries. */
function bestScores(scores: Float32Array, count: number): Scored[] {
  if (count < 1) return []
  const best: Scored[] = []
  scores.forEach((score, id) => {
    if (best.length === count && !(score > lastElement(best).score)) return
    const place = best.findLastIndex((kept) => !(score > kept.score)) + 1
    best.splice(place, 0, { id, score })
    if (best.length > count) best.pop()
  })
  return best
}
