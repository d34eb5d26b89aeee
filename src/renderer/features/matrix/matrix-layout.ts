import type { MatrixInput } from '../../../shared/explanation/view/matrix.ts'

/** An input's column in the matrix view. */
export interface MatrixColumn {
  /** Place among the inputs, from 0. */
  readonly place: number
  readonly part: MatrixInput
  /** From the left, in CSS pixels. */
  readonly left: number
  readonly width: number
}

/** A cell of the matrix. */
export interface MatrixCell {
  /** Place of its token among the targets, from 0. */
  readonly row: number
  readonly column: MatrixColumn
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
export function matrixColumns(inputs: readonly MatrixInput[], { room, text, leastPatch, gap }: ColumnWidths): MatrixColumn[] {
  const patches = inputs.filter(({ input }) => input.kind === 'patch').length
  const rows = new Set(inputs.map(({ input }) => input.row).filter((row) => row !== null)).size
  const left = room - (inputs.length - patches) * text - rows * gap - 8
  const patch = Math.max(leastPatch, Math.min(16, left / Math.max(1, patches)))
  let at = 0
  return inputs.map((part, place) => {
    const before = inputs[place - 1]?.input
    const { kind, row } = part.input
    if (before !== undefined) at += before.kind !== kind ? 8 : before.row !== row ? gap : 0
    const column = { place, part, left: at, width: kind === 'patch' ? patch : text }
    at += column.width
    return column
  })
}

/** Width of all columns, in CSS pixels. */
export function widthOf(columns: readonly MatrixColumn[]): number {
  const last = columns.at(-1)
  return last === undefined ? 0 : Math.ceil(last.left + last.width)
}
