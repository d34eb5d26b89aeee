import type { TokenId } from '../../../shared/values/brand.ts'
import { tokenId } from '../../../shared/values/brand.ts'
import type { Sampling } from '../../../shared/explanation/parameters.ts'
import { logProbability } from '../../../shared/atman/log-softmax.ts'
import { element, lastElement } from '../../../shared/values/element.ts'
import type { Random } from '../../../shared/values/seeded-random.ts'

/** The token taken for the next place. */
export interface ChosenToken {
  readonly id: TokenId
  /** Log-probability under the model's own distribution, in nats, whatever temperature, top-k and top-p made of it. */
  readonly logprob: number
}

type Choice = Pick<Sampling, 'temperature' | 'topK' | 'topP'>

/**
 * Chooses the next token. Temperature 0 takes the most probable one; otherwise temperature, top-k and top-p narrow the distribution in this order, as
 * Hugging Face's `generate` does, and one number of `random` picks from it. Of tokens with equal scores the lower id comes first.
 * @param logits finite scores of the whole vocabulary
 */
export function chooseToken(logits: Float32Array, { temperature, topK, topP }: Choice, random: Random): ChosenToken {
  const id = temperature === 0 ? mostProbable(logits) : draw(nucleus(ranked(logits, topK), logits, temperature, topP), random())
  return { id: tokenId(id), logprob: logProbability(logits)(element(logits, id)) }
}

interface Weighted {
  readonly id: number
  readonly weight: number
}

function mostProbable(logits: Float32Array): number {
  return logits.reduce((best, logit, id) => (logit > element(logits, best) ? id : best), 0)
}

/** The `count` best ids, the best first; all of them when `count` is 0. */
function ranked(logits: Float32Array, count: number): number[] {
  const ids = Array.from(logits, (_, id) => id)
  ids.sort((one, other) => element(logits, other) - element(logits, one) || one - other)
  return count === 0 ? ids : ids.slice(0, count)
}

/** The smallest set of best ids whose probabilities, after temperature and among the given ones, reach `topP`; never empty. */
function nucleus(ids: readonly number[], logits: Float32Array, temperature: number, topP: number): Weighted[] {
  const best = element(logits, element(ids, 0))
  const weights = ids.map((id) => ({ id, weight: Math.exp((element(logits, id) - best) / temperature) }))
  const total = sum(weights)
  let reached = 0
  const needed = weights.findIndex(({ weight }) => (reached += weight) >= topP * total)
  return needed < 0 ? weights : weights.slice(0, needed + 1)
}

/** Rounding may leave a chance just below 1 unspent: the last one takes it. */
function draw(weighted: readonly Weighted[], chance: number): number {
  let left = chance * sum(weighted)
  const drawn = weighted.find(({ weight }) => (left -= weight) < 0) ?? lastElement(weighted)
  return drawn.id
}

function sum(weighted: readonly Weighted[]): number {
  return weighted.reduce((total, { weight }) => total + weight, 0)
}
