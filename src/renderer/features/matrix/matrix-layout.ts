import type { Input } from '../../../shared/explanation/record.ts'

/** An input's column in the matrix view. */
export interface MatrixColumn {
  readonly input: Input
  /** From the left, in CSS pixels. */
  readonly left: number
  readonly width: number
}

/** Widths of the columns, in CSS pixels. */
export interface ColumnWidths {
  /** Room for all columns. */
  readonly room: number
  /** Width of a text column. */
  readonly text: number
  /** Least width of a patch column. */
  readonly leastPatch: number
  /** Space between two rows of patches, and between picture and text. */
  readonly gap: number
}

/** Lays the inputs out side by side: patches row by row of the picture, then tokens, words and passages. Patches share the room that text leaves. */
export function matrixColumns(inputs: readonly Input[], { room, text, leastPatch, gap }: ColumnWidths): MatrixColumn[] {
  const patches = inputs.filter(({ kind }) => kind === 'patch').length
  const rows = new Set(inputs.flatMap(({ row }) => row ?? [])).size
  const left = room - (inputs.length - patches) * text - rows * gap - 8
  const patch = Math.max(leastPatch, Math.min(16, left / Math.max(1, patches)))
  let at = 0
  return inputs.map((input, place) => {
    const before = inputs[place - 1]
    if (before !== undefined) at += before.kind !== input.kind ? 8 : before.row !== input.row ? gap : 0
    const column = { input, left: at, width: input.kind === 'patch' ? patch : text }
    at += column.width
    return column
  })
}
