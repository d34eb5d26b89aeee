import type { Position } from '../values/brand.ts'
import { element } from '../values/element.ts'
import type { PatchGrid } from '../explanation/record.ts'
import type { Cell, GridShape } from '../sequence/patch-grid.ts'
import { cells, patchAt } from '../sequence/patch-grid.ts'

/** One cell of a coarse map: patches that are suppressed at once. */
export interface PatchBlock extends Cell {
  /** Positions of its patches in the sequence, ascending. */
  readonly members: readonly Position[]
}

/**
 * Cuts a grid into the blocks of a coarse map, row by row; every patch is in exactly one. Sizes differ by at most one patch where the division leaves a
 * rest. A coarse grid finer than the picture's own is cut down to it.
 * @param coarse rows and columns of blocks, 3 x 3 or 6 x 6
 */
export function coarseBlocks(grid: PatchGrid, coarse: GridShape): PatchBlock[] {
  const shape = coarseShape(grid, coarse)
  const members = cells(shape).map((): Position[] => [])
  for (const cell of cells(grid)) {
    const { row, column } = blockOf(cell, grid, shape)
    element(members, row * shape.columns + column).push(patchAt(grid, cell))
  }
  return cells(shape).map((cell, block) => ({ ...cell, members: element(members, block) }))
}

/** Rows and columns that a coarse map of a grid really has. */
export function coarseShape(grid: GridShape, coarse: GridShape): GridShape {
  return { rows: Math.min(grid.rows, coarse.rows), columns: Math.min(grid.columns, coarse.columns) }
}

/**
 * The block a cell of the grid belongs to.
 * @param shape the coarse map's, at most the grid's
 */
export function blockOf({ row, column }: Cell, grid: GridShape, shape: GridShape): Cell {
  return { row: Math.floor((row * shape.rows) / grid.rows), column: Math.floor((column * shape.columns) / grid.columns) }
}
