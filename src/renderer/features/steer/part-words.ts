import { cellOf } from '../../../shared/sequence/patch-grid.ts'
import { position } from '../../../shared/values/brand.ts'
import type { PatchGrid } from '../../../shared/explanation/record.ts'
import type { Part, State } from '../../state/state.ts'

/** A part in words: “row 4, column 9”, “6 patches”, “dog”. */
export function partWords(part: Part, grid: PatchGrid | null): string {
  if (part.kind === 'text') return `“${part.text.trim()}”`
  const [only] = part.positions
  if (part.positions.length !== 1 || only === undefined || grid === null) return `${part.positions.length} patches`
  const { row, column } = cellOf(grid, position(only))
  return `row ${row}, column ${column}`
}

/** The chosen part in words; empty without one. */
export function selectPartWords({ viewing: { part }, explaining: { answer } }: State): string {
  return part === null ? '' : partWords(part, answer?.grid ?? null)
}
