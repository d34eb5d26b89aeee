import { fc, it } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { cellOf, cells, cellUnder, centreOf, patchAt, patchCount, pixelBox } from '../../../../src/shared/sequence/patch-grid.ts'
import { position } from '../../../../src/shared/values/brand.ts'
import { boxes, grids } from './grids.ts'

describe('patch grid', () => {
  it('lies row by row from the top left', () => {
    const grid = { rows: 12, columns: 12, start: 3 }
    expect(cellOf(grid, position(3 + 25))).toEqual({ row: 2, column: 1 })
    expect(patchAt(grid, { row: 2, column: 1 })).toBe(28)
  })
  it.prop([grids, fc.nat()])('finds a patch again by its cell', (grid, some) => {
    const patch = position(grid.start + (some % patchCount(grid)))
    expect(patchAt(grid, cellOf(grid, patch))).toBe(patch)
  })
  it.prop([grids])('lists its cells in the order of patches', (grid) => {
    expect(cells(grid).map((cell) => patchAt(grid, cell))).toEqual(
      Array.from({ length: patchCount(grid) }, (_, place) => grid.start + place),
    )
  })
  it.prop([grids, boxes, fc.nat()])('finds a patch again by the middle of its box', (grid, seen, some) => {
    const cell = cellOf(grid, position(grid.start + (some % patchCount(grid))))
    expect(cellUnder(grid, centreOf(grid, cell, seen), seen)).toEqual(cell)
  })
  it.prop([grids, boxes])('covers exactly what the model saw', (grid, seen) => {
    const first = pixelBox(grid, { row: 0, column: 0 }, seen)
    const last = pixelBox(grid, { row: grid.rows - 1, column: grid.columns - 1 }, seen)
    expect([first.left, first.top]).toEqual([seen.left, seen.top])
    expect(last.left + last.width).toBeCloseTo(seen.left + seen.width, 6)
    expect(last.top + last.height).toBeCloseTo(seen.top + seen.height, 6)
    expect(first.width * first.height * patchCount(grid)).toBeCloseTo(seen.width * seen.height, 3)
  })
  it.prop([grids, boxes])('has no patch where the model did not look', (grid, seen) => {
    expect(cellUnder(grid, { x: seen.left + 1, y: seen.top - 1 }, seen)).toBeNull()
    expect(cellUnder(grid, { x: seen.left - 1, y: seen.top + 1 }, seen)).toBeNull()
    expect(cellUnder(grid, { x: seen.left + 1, y: seen.top + seen.height }, seen)).toBeNull()
    expect(cellUnder(grid, { x: seen.left + seen.width, y: seen.top + 1 }, seen)).toBeNull()
  })
  it('knows the box of a patch in a wide picture cut to its middle', () => {
    expect(pixelBox({ rows: 12, columns: 12 }, { row: 1, column: 2 }, { left: 300, top: 0, width: 600, height: 600 })).toEqual({
      left: 400,
      top: 50,
      width: 50,
      height: 50,
    })
  })
})
