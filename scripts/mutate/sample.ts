import { randomOrder } from '../../src/shared/values/seeded-random.ts'

/** How many mutants are tried, and from which seed they are drawn. */
export interface Sample {
  readonly size: number
  readonly seed: number
}

/**
 * Splits mutants into the drawn ones, each a group of its own, and one group of all others. A rest of one is drawn too, so that a group's size says what it
 * is: Stryker's checkers run in several processes and share nothing.
 */
export function drawGroups(ids: readonly string[], { size, seed }: Sample): string[][] {
  const order = randomOrder(ids.length, seed)
  const drawn = new Set(order.slice(0, size))
  const rest = ids.filter((_, place) => !drawn.has(place))
  const single = ids.filter((_, place) => drawn.has(place)).map((id) => [id])
  if (rest.length === 0) return single
  return [...single, rest]
}

/** Whether a group of {@link drawGroups} is a drawn mutant. */
export function isDrawn(group: readonly unknown[]): boolean {
  return group.length === 1
}
