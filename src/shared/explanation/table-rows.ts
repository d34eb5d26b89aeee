import type { Input, RelevanceMatrix } from './record.ts'

/** What a table is sorted by: the order of the sequence, or a column of the matrix. */
export interface Sorting {
  /** Column of the matrix; `null` is the order of the sequence. */
  readonly column: number | null
  readonly descending: boolean
}

/** The inputs in the order a table shows them; equal ones keep the order of the sequence. */
export function sortedInputs(inputs: readonly Input[], { targets, values }: RelevanceMatrix, sorting: Sorting): Input[] {
  const { column, descending } = sorting
  const sign = descending ? -1 : 1
  const value = (input: Input): number => (column === null ? input.index : (values[input.index * targets + column] ?? 0))
  return [...inputs].sort((a, b) => sign * (value(a) - value(b)) || a.index - b.index)
}

/** Another click on a heading: largest first, then smallest first. The order of the sequence begins at its beginning. */
export function nextSorting(now: Sorting, column: number | null): Sorting {
  if (now.column === column) return { column, descending: !now.descending }
  return { column, descending: column !== null }
}
