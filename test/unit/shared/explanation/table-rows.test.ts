import { describe, expect, it } from 'vitest'
import { inputIndex, position } from '../../../../src/shared/values/brand.ts'
import type { Input } from '../../../../src/shared/explanation/record.ts'
import { nextSorting, sortedInputs } from '../../../../src/shared/explanation/table-rows.ts'

const inputs = [0, 1, 2, 3].map((index): Input => ({
  index: inputIndex(index),
  kind: 'token',
  segment: 'prompt',
  row: null,
  column: null,
  text: 'x',
  members: [position(index)],
}))
const matrix = { inputs: 4, targets: 1, values: Float32Array.of(1, -3, 5, 1), candidates: new Float32Array(0) }
const order = (column: number | null, descending: boolean) =>
  sortedInputs(inputs, matrix, { column, descending }).map(({ index }) => index)

describe('sortedInputs', () => {
  it('sorts by a column either way, equal ones in the order of the sequence', () => {
    expect(order(0, true)).toEqual([2, 0, 3, 1])
    expect(order(0, false)).toEqual([1, 0, 3, 2])
  })

  it('gives back the order of the sequence', () => {
    expect(order(null, false)).toEqual([0, 1, 2, 3])
    expect(order(null, true)).toEqual([3, 2, 1, 0])
  })
})

describe('nextSorting', () => {
  it('shows the largest first, turns round on a second click, and starts the sequence at its beginning', () => {
    const first = nextSorting({ column: null, descending: false }, 0)
    expect(first).toEqual({ column: 0, descending: true })
    expect(nextSorting(first, 0)).toEqual({ column: 0, descending: false })
    expect(nextSorting(first, null)).toEqual({ column: null, descending: false })
  })
})
