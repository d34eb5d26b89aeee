import type { PixelBox } from '../explanation/record.ts'
import type { Cell, GridShape, Point } from './patch-grid.ts'
import { pixelBox } from './patch-grid.ts'

/** A straight piece of a line. */
export interface Edge {
  readonly from: Point
  readonly to: Point
}

/** Edges between cells of a set and cells outside it, so that many cells get one line around them all; in the unit of `seen`. */
export function boundary(set: readonly Cell[], grid: GridShape, seen: PixelBox): Edge[] {
  const inside = new Set(set.map(({ row, column }) => `${row} ${column}`))
  return set.flatMap((cell) => {
    const { left, top, width, height } = pixelBox(grid, cell, seen)
    const corner = (right: number, down: number): Point => ({ x: left + right * width, y: top + down * height })
    const free = (down: number, right: number): boolean => !inside.has(`${cell.row + down} ${cell.column + right}`)
    return [
      ...(free(-1, 0) ? [{ from: corner(0, 0), to: corner(1, 0) }] : []),
      ...(free(1, 0) ? [{ from: corner(0, 1), to: corner(1, 1) }] : []),
      ...(free(0, -1) ? [{ from: corner(0, 0), to: corner(0, 1) }] : []),
      ...(free(0, 1) ? [{ from: corner(1, 0), to: corner(1, 1) }] : []),
    ]
  })
}
