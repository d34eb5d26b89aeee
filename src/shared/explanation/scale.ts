import { element } from '../values/element.ts'

/** Full colour of the absolute scale, in nats: ten times less likely without the input. */
export const absoluteMaximum = Math.LN10

/** Full colour never stands for less, in nats: twice as likely. Otherwise the noise of a weak map would look like a strong one. */
export const leastMaximum = Math.LN2

/**
 * Largest |R| of a map below which nothing is shown but "no clear relevance", in nats: no single input changed the token's probability by as much as 10 %.
 * The shortcuts of a sweep may differ from full passes by a thousandth of it.
 */
export const clearRelevance = 0.1

/** The part of the answer's values that fit into its scale: the few above it do not make all others pale. */
const answerShare = 0.999

/** Full colour of the answer scale, in nats: the 99.9th percentile of |R| over the given values, all tokens of the answer. */
export function answerMaximum(values: Iterable<number>): number {
  return quantile(Array.from(values, Math.abs), answerShare)
}

/** The largest |R| among values, in nats; 0 of none. */
export function largest(values: Iterable<number>): number {
  let most = 0
  for (const value of values) if (Math.abs(value) > most) most = Math.abs(value)
  return most
}

/** Whether values say anything: some |R| reaches {@link clearRelevance}. */
export function isClear(values: Iterable<number>): boolean {
  return largest(values) >= clearRelevance
}

/** Relevance as a share of full colour, in [-1, 1]; 0 where there is no number or no colour to share. */
export function normalise(nats: number, maximum: number): number {
  if (Number.isNaN(nats) || !(maximum > 0)) return 0
  return Math.max(-1, Math.min(1, nats / maximum))
}

/** Value below which a share of the numbers lies, interpolated between the two nearest. Only finite numbers count; 0 of none. */
export function quantile(values: Iterable<number>, share: number): number {
  const sorted = Float64Array.from([...values].filter(Number.isFinite)).sort()
  if (sorted.length === 0) return 0
  const at = share * (sorted.length - 1)
  const [below, above] = [element(sorted, Math.floor(at)), element(sorted, Math.ceil(at))]
  return below === above ? below : below + (above - below) * (at - Math.floor(at))
}
