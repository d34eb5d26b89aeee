import type { Position } from '../values/brand.ts'
import type { PixelBox } from '../explanation/record.ts'
import { present } from '../values/element.ts'
import type { PatchGrid } from '../explanation/record.ts'
import type { Point } from './patch-grid.ts'
import { cells, cellUnder, centreOf, patchAt } from './patch-grid.ts'

/**
 * The patches a lasso catches: those whose centre lies inside the closed outline. A lasso too small to hold any centre catches the patch it was drawn on.
 * @param outline corners in pixels of the oriented picture; the last is joined to the first
 * @param seen the part of the picture the model saw
 * @returns positions in the sequence, ascending
 */
export function lassoed(grid: PatchGrid, outline: readonly Point[], seen: PixelBox): Position[] {
  const caught = cells(grid).filter((cell) => isInside(centreOf(grid, cell, seen), outline))
  if (caught.length > 0) return caught.map((cell) => patchAt(grid, cell))
  const under = outline.length > 0 ? cellUnder(grid, middle(outline), seen) : null
  return under === null ? [] : [patchAt(grid, under)]
}

/** Whether a point lies inside a closed outline, by the even-odd rule: where the outline crosses itself, an area enclosed twice is outside. */
export function isInside({ x, y }: Point, outline: readonly Point[]): boolean {
  return outline.reduce((inside, corner, index) => {
    const before = present(outline.at(index - 1), 'the corner before')
    const crosses =
      corner.y > y !== before.y > y && x < corner.x + ((before.x - corner.x) * (y - corner.y)) / (before.y - corner.y)
    return inside !== crosses
  }, false)
}

function middle(outline: readonly Point[]): Point {
  const mean = (of: (corner: Point) => number) => outline.reduce((sum, corner) => sum + of(corner), 0) / outline.length
  return { x: mean(({ x }) => x), y: mean(({ y }) => y) }
}
