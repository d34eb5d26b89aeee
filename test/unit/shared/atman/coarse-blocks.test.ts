import { fc, it } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { blockOf, coarseBlocks, coarseShape } from '../../../../src/shared/atman/coarse-blocks.ts'
import { cellOf, patchCount } from '../../../../src/shared/sequence/patch-grid.ts'
import { grids } from '../sequence/grids.ts'

const coarse = fc.constantFrom({ rows: 3, columns: 3 }, { rows: 6, columns: 6 }, { rows: 2, columns: 5 })

describe('coarseBlocks', () => {
  it.prop([grids, coarse])('put every patch into exactly one block', (grid, shape) => {
    const members = coarseBlocks(grid, shape).flatMap((block) => block.members)
    expect(members.sort((a, b) => a - b)).toEqual(Array.from({ length: patchCount(grid) }, (_, place) => grid.start + place))
  })
  it.prop([grids, coarse])('are numbered row by row, none is empty, and each patch knows its own', (grid, shape) => {
    const real = coarseShape(grid, shape)
    const blocks = coarseBlocks(grid, shape)
    expect(blocks).toHaveLength(patchCount(real))
    blocks.forEach(({ row, column, members }, place) => {
      expect(row * real.columns + column).toBe(place)
      expect(members.length).toBeGreaterThan(0)
      expect(members.map((patch) => blockOf(cellOf(grid, patch), grid, real))).toEqual(members.map(() => ({ row, column })))
    })
  })
  it.prop([grids, coarse])('are rectangles that differ by at most one patch a side', (grid, shape) => {
    const sides = coarseBlocks(grid, shape).map(({ members }) => {
      const rows = new Set(members.map((patch) => cellOf(grid, patch).row)).size
      expect(members.length % rows).toBe(0)
      return { rows, columns: members.length / rows }
    })
    const spread = (side: readonly number[]) => Math.max(...side) - Math.min(...side)
    expect(spread(sides.map(({ rows }) => rows))).toBeLessThanOrEqual(1)
    expect(spread(sides.map(({ columns }) => columns))).toBeLessThanOrEqual(1)
  })
  it('cut 12 x 12 patches into nine blocks of sixteen', () => {
    expect(
      coarseBlocks({ rows: 12, columns: 12, start: 0 }, { rows: 3, columns: 3 }).map(({ members }) => members.length),
    ).toEqual(Array(9).fill(16))
  })
})
