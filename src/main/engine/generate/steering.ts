import { element } from '../../../shared/values/element.ts'
import type { Steering } from '../engine.ts'

/**
 * Factors over the first `keys` positions while generating: each steered position takes its own factor, the product where several apply.
 * `null` when nothing is steered.
 */
export function steeringFactors(steering: readonly Steering[], keys: number): Float32Array | null {
  if (steering.length === 0) return null
  const factors = new Float32Array(keys).fill(1)
  for (const { positions, factor } of steering) {
    for (const position of positions) if (position < keys) factors[position] = element(factors, position) * factor
  }
  return factors
}
