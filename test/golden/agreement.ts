/** How far two lists of numbers are apart, measured against what is allowed. */
export interface Agreement {
  /** Largest difference, in the numbers' own unit. */
  readonly largest: number
  /** Largest share of the allowance used up; above 1 the lists disagree. */
  readonly worst: number
}

/** Compares with an allowance of `absolute + relative * |expected|` for each number. */
export function agreement(actual: ArrayLike<number>, expected: ArrayLike<number>, absolute: number, relative: number): Agreement {
  if (actual.length !== expected.length) throw new Error(`${actual.length} numbers were to be compared with ${expected.length}`)
  let largest = 0
  let worst = 0
  for (let index = 0; index < expected.length; index++) {
    const wanted = expected[index] ?? Number.NaN
    const difference = Math.abs((actual[index] ?? Number.NaN) - wanted)
    if (Number.isNaN(difference)) return { largest: Number.NaN, worst: Number.POSITIVE_INFINITY }
    largest = Math.max(largest, difference)
    worst = Math.max(worst, difference / (absolute + relative * Math.abs(wanted)))
  }
  return { largest, worst }
}
