import { describe, expect, it } from 'vitest'
import { nextSorting, sortedPlaces } from '../../../../../src/shared/explanation/view/sorting.ts'
import type { MatrixInput, MatrixView } from '../../../../../src/shared/explanation/view/matrix.ts'
import { inputIndex, position } from '../../../../../src/shared/values/brand.ts'

const inputs = [0, 1, 2, 3, 4].map((index): MatrixInput => ({
  input: {
    index: inputIndex(index),
    kind: 'token',
    segment: 'prompt',
    row: null,
    column: null,
    text: 'x',
    members: [position(index)],
  },
  label: `x (${index + 1})`,
  kind: 'token',
}))
const values = Float32Array.of(0, 0, 0, 0, 0, 1, -3, Number.NaN, 5, 1)
const matrix: MatrixView = { inputs, targets: [], values, shares: values }
const order = (target: number | null, descending: boolean) => sortedPlaces(matrix, { target, descending })

describe('sortedPlaces', () => {
  it('sorts by a token either way, equal ones in the order of the sequence, and puts what has no number last', () => {
    expect(order(1, true)).toEqual([3, 0, 4, 1, 2])
    expect(order(1, false)).toEqual([1, 0, 4, 3, 2])
  })

  it('gives back the order of the sequence', () => {
    expect(order(null, false)).toEqual([0, 1, 2, 3, 4])
    expect(order(null, true)).toEqual([4, 3, 2, 1, 0])
  })
})

describe('nextSorting', () => {
  it('shows the largest first, turns round on a second click, and starts the sequence at its beginning', () => {
    const first = nextSorting({ target: null, descending: false }, 0)
    expect(first).toEqual({ target: 0, descending: true })
    expect(nextSorting(first, 0)).toEqual({ target: 0, descending: false })
    expect(nextSorting(first, null)).toEqual({ target: null, descending: false })
  })
})
