import type { MatrixView } from '../../../shared/explanation/view/matrix.ts'
import { element } from '../../../shared/values/element.ts'

/** What a table is sorted by: the order of the sequence, or the numbers of one token. */
export interface Sorting {
  /** Place of the token among the targets; `null` is the order of the sequence. */
  readonly target: number | null
  readonly descending: boolean
}

/** Places of the inputs in the order a table shows them. Those that have no number come last; equal ones keep the order of the sequence. */
export function sortedPlaces({ inputs, values }: MatrixView, { target, descending }: Sorting): number[] {
  const places = Array.from(inputs.keys())
  if (target === null) return descending ? places.reverse() : places
  const natsOf = (place: number): number => element(values, target * inputs.length + place)
  const numbered = places.filter((place) => !Number.isNaN(natsOf(place)))
  numbered.sort((one, other) => (descending ? natsOf(other) - natsOf(one) : natsOf(one) - natsOf(other)) || one - other)
  return [...numbered, ...places.filter((place) => Number.isNaN(natsOf(place)))]
}

/** Another click on a heading: largest first, then smallest first. The order of the sequence begins at its beginning. */
export function nextSorting(now: Sorting, target: number | null): Sorting {
  if (now.target === target) return { target, descending: !now.descending }
  return { target, descending: target !== null }
}
