import { element } from '../values/element.ts'
import { mean } from './summary.ts'

/** The two orders in which parts are occluded: most relevant first (MoRF) and least relevant first (LeRF). */
export type RemovalOrder = 'most' | 'least'

/** Indices in the order of occlusion. `least` is `most` backwards, also among equals, which are taken by lower index in `most`. */
export function removalOrder(relevance: Float32Array, order: RemovalOrder): number[] {
  const most = Array.from(relevance, (_, place) => place).sort((a, b) => element(relevance, b) - element(relevance, a) || a - b)
  return order === 'most' ? most : most.reverse()
}

/**
 * Symmetric relevance gain: `mean_k[s_LeRF(k) - s_MoRF(k)]` over the steps of occlusion. Above 0 the order knows what matters.
 * @param least score after each step, least relevant first
 * @param most score after each step, most relevant first; as long as `least`
 */
export function relevanceGain(least: readonly number[], most: readonly number[]): number {
  if (least.length !== most.length) throw new Error(`curves of ${least.length} and ${most.length} steps cannot be compared`)
  return mean(least.map((score, step) => score - element(most, step)))
}

/** Area under an insertion or deletion curve whose steps are evenly spaced over [0, 1], by trapezia; a single score is its own area. NaN of no scores. */
export function areaUnderCurve(scores: readonly number[]): number {
  if (scores.length < 2) return mean(scores)
  return mean(scores.slice(1).map((score, step) => (score + element(scores, step)) / 2))
}

/**
 * Comprehensiveness: how much probability a token loses when the relevant parts are taken away, the mean over several shares taken. High is faithful.
 * @param whole probability with everything
 * @param without probabilities without the most relevant parts
 */
export function comprehensiveness(whole: number, without: readonly number[]): number {
  return whole - mean(without)
}

/**
 * Sufficiency: how much probability a token loses when only the relevant parts are left, the mean over several shares left. Low is faithful.
 * @param whole probability with everything
 * @param only probabilities with the most relevant parts alone
 */
export function sufficiency(whole: number, only: readonly number[]): number {
  return whole - mean(only)
}
