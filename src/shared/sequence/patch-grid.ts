import type { Position } from '../values/brand.ts'
import { position } from '../values/brand.ts'
import type { PixelBox } from '../explanation/record.ts'
import type { PatchGrid } from '../explanation/record.ts'

/** Zero-based place in a grid, from the top left. */
export interface Cell {
  readonly row: number
  readonly column: number
}

/** Shape of a grid, wherever its patches stand in the sequence. */
export type GridShape = Pick<PatchGrid, 'rows' | 'columns'>

/** A point in pixels of the oriented picture. */
export interface Point {
  readonly x: number
  readonly y: number
}

/** Number of patches. */
export function patchCount({ rows, columns }: GridShape): number {
  return rows * columns
}

/** Position in the sequence of the patch in a cell. */
export function patchAt(grid: PatchGrid, { row, column }: Cell): Position {
  return position(grid.start + row * grid.columns + column)
}

/** Cell of the patch at a position of the sequence. */
export function cellOf(grid: PatchGrid, patch: Position): Cell {
  const place = patch - grid.start
  return { row: Math.floor(place / grid.columns), column: place % grid.columns }
}

/**
 * The part of the oriented picture that a cell shows.
 * @param seen the part the model saw: it sees a resized, centred cut
 */
export function pixelBox({ rows, columns }: GridShape, { row, column }: Cell, seen: PixelBox): PixelBox {
  const [width, height] = [seen.width / columns, seen.height / rows]
  return { left: seen.left + column * width, top: seen.top + row * height, width, height }
}

/** The cell that shows a point of the oriented picture; `null` where the model did not look. Left and top edges belong to a cell. */
export function cellUnder({ rows, columns }: GridShape, { x, y }: Point, seen: PixelBox): Cell | null {
  const row = Math.floor(((y - seen.top) / seen.height) * rows)
  const column = Math.floor(((x - seen.left) / seen.width) * columns)
  return row >= 0 && row < rows && column >= 0 && column < columns ? { row, column } : null
}

/** The point in the middle of a cell, in pixels of the oriented picture. */
export function centreOf(grid: GridShape, cell: Cell, seen: PixelBox): Point {
  const { left, top, width, height } = pixelBox(grid, cell, seen)
  return { x: left + width / 2, y: top + height / 2 }
}

/** Every cell, row by row from the top left: the order of patches in the sequence. */
export function cells({ rows, columns }: GridShape): Cell[] {
  return Array.from({ length: rows * columns }, (_, place) => ({ row: Math.floor(place / columns), column: place % columns }))
}
