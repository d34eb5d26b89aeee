/** Log-probabilities of a row of scores, in nats; the scores' own maximum is taken out first, so no exponential overflows. One score must be finite. */
export function logSoftmax(scores: Float32Array): Float32Array {
  const total = logSumExp(scores)
  return scores.map((score) => score - total)
}

/** `ln Σ exp(score)`, summed in double precision. */
export function logSumExp(scores: Float32Array): number {
  let most = Number.NEGATIVE_INFINITY
  for (const score of scores) if (score > most) most = score
  let sum = 0
  for (const score of scores) sum += Math.exp(score - most)
  return most + Math.log(sum)
}
