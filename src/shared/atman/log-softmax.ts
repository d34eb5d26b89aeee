/** Log-probabilities of a row of scores, in nats. One score must be finite. */
export function logSoftmax(scores: Float32Array): Float32Array {
  const logprob = logProbability(scores)
  return scores.map((score) => logprob(score))
}

/**
 * The log-probability, in nats, of a score among all scores of a row: `score - ln Σ exp`, in double precision. The row's maximum is taken out first, so that
 * no exponential overflows and large scores lose no digits.
 */
export function logProbability(scores: Float32Array): (score: number) => number {
  let most = Number.NEGATIVE_INFINITY
  for (const score of scores) if (score > most) most = score
  let sum = 0
  for (const score of scores) sum += Math.exp(score - most)
  const total = Math.log(sum)
  return (score) => score - most - total
}
