import { formatNats } from '../../../shared/colour/legend.ts'

/** A probability, short: "0.98", "0.004", "<0.001". */
export function formatProbability(logprob: number): string {
  const probability = Math.exp(logprob)
  if (probability >= 0.995) return probability >= 0.9995 ? '1.00' : probability.toFixed(3)
  if (probability >= 0.1) return probability.toFixed(2)
  return probability < 0.0005 ? '<0.001' : probability.toFixed(3)
}

/** A log-probability: "−0.02 nats". */
export function formatLogprob(logprob: number): string {
  return `${formatNats(logprob)} nats`
}
