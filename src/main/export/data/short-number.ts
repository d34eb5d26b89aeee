import { fail } from '../../../shared/contract/failure.ts'
import type { ModelIdentity } from '../../../shared/explanation/model/model-info.ts'

/** Digits that always tell two float32 numbers apart. */
const exactDigits = 9

/**
 * The number with the fewest decimal digits that becomes the same float32: 0.1 instead of 0.10000000149011612. Minus zero becomes 0.
 * NaN and infinities are given back as they are.
 */
export function shortFloat(value: number): number {
  const single = Math.fround(value)
  if (single === 0 || !Number.isFinite(single)) return single === 0 ? 0 : single
  for (let digits = 6; digits < exactDigits; digits++) {
    const short = Number(single.toPrecision(digits))
    if (Math.fround(short) === single) return short
  }
  return Number(single.toPrecision(exactDigits))
}

/** How numbers of a model are written. */
export type Digits = (value: number) => number

/**
 * {@link shortFloat} for the numbers of a model.
 * @throws `model-not-finite` for NaN and infinities
 */
export function digitsOf({ name }: ModelIdentity): Digits {
  return (value) => (Number.isFinite(value) ? shortFloat(value) : fail('model-not-finite', { model: name }))
}
