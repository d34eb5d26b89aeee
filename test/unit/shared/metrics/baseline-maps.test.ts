import { it } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { centredMap, randomMap, uniformMap } from '../../../../src/shared/metrics/baseline-maps.ts'
import { grids } from '../sequence/grids.ts'

describe('baseline maps', () => {
  it.prop([grids])('have one value in [0, 1] per patch', (grid) => {
    for (const map of [uniformMap(grid), randomMap(grid, 3), centredMap(grid)]) {
      expect(map).toHaveLength(grid.rows * grid.columns)
      expect(map.every((value) => value >= 0 && value <= 1)).toBe(true)
    }
  })
  it.prop([grids])('the centred one is the same turned by half', (grid) => {
    expect(centredMap(grid).toReversed()).toEqual(centredMap(grid))
  })
  it('the centred one has its top in the middle and falls by e^-1/2 at one spread', () => {
    const map = centredMap({ rows: 1, columns: 5 }, 0.2)
    expect(map[2]).toBe(1)
    expect(map[3]).toBeCloseTo(Math.exp(-0.5), 6)
    // Off the middle by a quarter of the rows and a quarter of the columns, at a spread of a quarter.
    expect(centredMap({ rows: 2, columns: 2 })[0]).toBeCloseTo(Math.exp(-1), 6)
    expect(centredMap({ rows: 1, columns: 10 }, 0.1)[6]).toBeCloseTo(Math.exp(-(1.5 ** 2) / 2), 6)
  })
})
