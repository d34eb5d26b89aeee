import type { MatrixInput } from '../../../../shared/explanation/view/matrix.ts'

/** An input's column. */
export interface BandColumn {
  readonly item: MatrixInput
  /** From the left of the band, in drawing units. */
  readonly left: number
  readonly width: number
}

/** Columns side by side. */
export interface MatrixBand {
  readonly columns: readonly BandColumn[]
  /** Whether some of them have a name that stands upright. */
  readonly named: boolean
}

const text = 19
const gaps = { row: 2, kind: 10 }
const patch = { least: 3, most: 9 }

/**
 * Lays inputs out in bands of at most a width: patches row by row of the picture, then tokens, words and passages. A row of patches stays together where it
 * fits; patches share the room that texts leave.
 */
export function matrixBands(inputs: readonly MatrixInput[], room: number): MatrixBand[] {
  const patches = inputs.filter(({ input }) => input.kind === 'patch')
  const rows = new Set(patches.map(({ input }) => input.row)).size
  const texts = inputs.length - patches.length
  const free = room - rows * gaps.row - texts * text - kindsOf(inputs) * gaps.kind
  const patchWidth = Math.max(patch.least, Math.min(patch.most, free / Math.max(1, patches.length)))
  const bands: BandColumn[][] = [[]]
  let left = 0
  for (const part of together(inputs)) {
    const width = part.reduce((sum, { input }) => sum + (input.kind === 'patch' ? patchWidth : text), 0)
    const before = bands.at(-1)?.at(-1)
    if (before !== undefined) left += gapBetween(before.item, part[0])
    if (before !== undefined && left + width > room) {
      bands.push([])
      left = 0
    }
    for (const item of part) {
      const wide = item.input.kind === 'patch' ? patchWidth : text
      bands.at(-1)?.push({ item, left, width: wide })
      left += wide
    }
  }
  return bands.map((columns) => ({ columns, named: columns.some(({ item }) => item.input.kind !== 'patch') }))
}

function kindsOf(inputs: readonly MatrixInput[]): number {
  return new Set(inputs.map(({ input }) => input.kind)).size
}

function gapBetween(before: MatrixInput, after: MatrixInput | undefined): number {
  if (before.input.kind !== after?.input.kind) return gaps.kind
  return before.input.kind === 'patch' ? gaps.row : 0
}

/** Inputs that are not parted: a row of patches, or one text. */
function together(inputs: readonly MatrixInput[]): MatrixInput[][] {
  return inputs.reduce<MatrixInput[][]>((all, item) => {
    const last = all.at(-1)
    if (last !== undefined && item.input.row !== null && last[0]?.input.row === item.input.row) last.push(item)
    else all.push([item])
    return all
  }, [])
}
