/**
 * What full colour stands for: `answer`, one maximum for all tokens of the answer, so that they can be compared; `token`, each token's own maximum, so that
 * a weak one shows its shape; `absolute`, the same for every answer and picture, so that two explanations can be compared.
 */
export const scales = ['answer', 'token', 'absolute'] as const
/** One of {@link scales}. */
export type Scale = (typeof scales)[number]

/** Full colour of the absolute scale, in nats: ten times less likely without the input. */
export const absoluteMaximum = Math.LN10

/**
 * Largest |R| of a map below which nothing is shown but "no clear relevance", in nats: no single input changed the token's probability by as much as 5 %.
 * The shortcuts of a sweep may differ from full passes by a five-hundredth of it.
 */
export const clearRelevance = 0.05

/** The part of the answer's values that fit into its scale: the few above it do not make all others pale. */
const answerShare = 0.999

/** Full colour of the answer scale, in nats: the 99.9th percentile of |R| over the given values, all tokens of the answer. */
export function answerMaximum(values: Iterable<number>): number {
  return quantile(Array.from(values, Math.abs), answerShare)
}

/** Full colour of the token scale, in nats: the largest |R| among the values of one token. */
export function tokenMaximum(values: Iterable<number>): number {
  return quantile(Array.from(values, Math.abs), 1)
}

/** Whether a map says anything: some |R| reaches {@link clearRelevance}. */
export function isClear(values: Iterable<number>): boolean {
  return tokenMaximum(values) >= clearRelevance
}

/** Relevance as a share of full colour, in [-1, 1]; 0 where there is no number or no colour to share. */
export function normalise(nats: number, maximum: number): number {
  if (Number.isNaN(nats) || !(maximum > 0)) return 0
  return Math.max(-1, Math.min(1, nats / maximum))
}

/** Value below which a share of the numbers lies, interpolated between the two nearest. Only finite numbers count; 0 of none. */
export function quantile(values: Iterable<number>, share: number): number {
  const sorted = [...values].filter(Number.isFinite).sort((a, b) => a - b)
  const at = share * (sorted.length - 1)
  const below = sorted[Math.floor(at)] ?? 0
  const above = sorted[Math.ceil(at)] ?? 0
  return below === above ? below : below + (above - below) * (at - Math.floor(at))
}
