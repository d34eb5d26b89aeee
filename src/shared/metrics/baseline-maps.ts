import type { GridShape } from '../sequence/patch-grid.ts'
import { cells, patchCount } from '../sequence/patch-grid.ts'
import { seededRandom } from '../values/seeded-random.ts'

/** The map that knows nothing: 1 everywhere. Its precision is the coverage, its recall 1. */
export function uniformMap(grid: GridShape): Float32Array {
  return new Float32Array(patchCount(grid)).fill(1)
}

/** Independent random relevance in [0, 1) per patch; the same for the same seed. */
export function randomMap(grid: GridShape, seed: number): Float32Array {
  const random = seededRandom(seed)
  return new Float32Array(patchCount(grid)).map(random)
}

/**
 * The map that only knows that objects stand in the middle: a Gaussian around the grid's centre, 1 at its top.
 * @param spread standard deviation as a share of rows and columns
 */
export function centredMap(grid: GridShape, spread = 0.25): Float32Array {
  const offset = (place: number, count: number) => (place + 0.5 - count / 2) / (count * spread)
  return Float32Array.from(cells(grid), ({ row, column }) =>
    Math.exp(-(offset(row, grid.rows) ** 2 + offset(column, grid.columns) ** 2) / 2),
  )
}
