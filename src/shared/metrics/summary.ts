import { quantile } from '../explanation/scale.ts'

/** Arithmetic mean; NaN of no numbers. */
export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

/**
 * Mean of the middle half of the sorted numbers, robust against outliers; a number that straddles a quartile counts with the part inside.
 * NaN of no numbers.
 */
export function interquartileMean(values: readonly number[]): number {
  const quarter = values.length / 4
  const sorted = [...values].sort((a, b) => a - b)
  const weight = (place: number) => Math.max(0, Math.min(place + 1, values.length - quarter) - Math.max(place, quarter))
  return sorted.reduce((sum, value, place) => sum + value * weight(place), 0) / (2 * quarter)
}

/** The middle 95 % of some numbers and their mean. */
export interface Band {
  readonly low: number
  readonly mean: number
  readonly high: number
}

/** Where 95 % of the numbers lie: percentiles 2.5 to 97.5, interpolated. With twenty random orders these are nearly the lowest and the highest. */
export function band(values: readonly number[]): Band {
  return { low: quantile(values, 0.025), mean: mean(values), high: quantile(values, 0.975) }
}
