import { fc, it } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { isInside, lassoed } from '../../../../src/shared/sequence/lasso.ts'
import { cellOf, centreOf, patchAt, patchCount, pixelBox } from '../../../../src/shared/sequence/patch-grid.ts'
import { position } from '../../../../src/shared/values/brand.ts'
import { boxes, grids } from './grids.ts'

const corners = ({ left, top, width, height }: { left: number; top: number; width: number; height: number }) => [
  { x: left, y: top },
  { x: left + width, y: top },
  { x: left + width, y: top + height },
  { x: left, y: top + height },
]

describe('lassoed', () => {
  it.prop([grids, boxes])('catches every patch when drawn around all the model saw', (grid, seen) => {
    const around = { left: seen.left - 1, top: seen.top - 1, width: seen.width + 2, height: seen.height + 2 }
    expect(lassoed(grid, corners(around), seen)).toEqual(
      Array.from({ length: patchCount(grid) }, (_, place) => grid.start + place),
    )
  })
  it.prop([grids, boxes, fc.nat()])('catches one patch when drawn around its box', (grid, seen, some) => {
    const patch = position(grid.start + (some % patchCount(grid)))
    expect(lassoed(grid, corners(pixelBox(grid, cellOf(grid, patch), seen)), seen)).toEqual([patch])
  })
  it.prop([grids, boxes, fc.nat()])('catches the patch it was drawn on when it holds no centre', (grid, seen, some) => {
    const patch = position(grid.start + (some % patchCount(grid)))
    const { left, top, width, height } = pixelBox(grid, cellOf(grid, patch), seen)
    const tiny = corners({ left: left + width / 8, top: top + height / 8, width: width / 8, height: height / 8 })
    expect(lassoed(grid, tiny, seen)).toEqual([patch])
  })
  it('catches nothing outside of what the model saw, and nothing without corners', () => {
    const seen = { left: 100, top: 0, width: 100, height: 100 }
    const grid = { rows: 2, columns: 2, start: 0 }
    expect(lassoed(grid, corners({ left: 0, top: 0, width: 50, height: 50 }), seen)).toEqual([])
    expect(lassoed(grid, [], seen)).toEqual([])
  })
  it('follows an outline that is not convex', () => {
    const grid = { rows: 3, columns: 3, start: 0 }
    const seen = { left: 0, top: 0, width: 3, height: 3 }
    const horseshoe = [
      { x: 0, y: 0 },
      { x: 1, y: 0 },
      { x: 1, y: 2 },
      { x: 2, y: 2 },
      { x: 2, y: 0 },
      { x: 3, y: 0 },
      { x: 3, y: 3 },
      { x: 0, y: 3 },
    ]
    const left = [0, 1, 2].map((row) => patchAt(grid, { row, column: 0 }))
    expect(lassoed(grid, horseshoe, seen)).toEqual([...left, 2, 5, 7, 8].sort((a, b) => a - b))
  })
})

describe('isInside', () => {
  it.prop([grids, boxes, fc.nat(6)])(
    'does not depend on the corner the outline begins with, nor on its direction',
    (grid, seen, turn) => {
      const outline = corners(seen)
      const middle = centreOf(grid, { row: 0, column: 0 }, seen)
      const turned = [...outline.slice(turn % 4), ...outline.slice(0, turn % 4)]
      expect(isInside(middle, turned)).toBe(true)
      expect(isInside(middle, turned.toReversed())).toBe(true)
      expect(isInside({ x: seen.left + seen.width + 1, y: middle.y }, turned)).toBe(false)
    },
  )
  it('knows the inside of a triangle', () => {
    const triangle = [
      { x: 0, y: 0 },
      { x: 8, y: 0 },
      { x: 0, y: 8 },
    ]
    const inside = (x: number, y: number) => isInside({ x, y }, triangle)
    expect([inside(1, 1), inside(3, 4), inside(5, 4), inside(7, 7), inside(-1, 1)]).toEqual([true, true, false, false, false])
  })
  it('takes a corner at the height of the point for one crossing, not two or none', () => {
    const diamond = [
      { x: 9, y: 5 },
      { x: 5, y: 9 },
      { x: 1, y: 5 },
      { x: 5, y: 1 },
    ]
    expect([0, 2, 5, 8, 10].map((x) => isInside({ x, y: 5 }, diamond))).toEqual([false, true, true, true, false])
  })
})
