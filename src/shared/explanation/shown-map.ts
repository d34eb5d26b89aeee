import type { Alternative } from '../atman/relevance.ts'
import { candidateDifference, spanRelevance } from '../atman/relevance.ts'
import { answerMaximum } from './scale.ts'
import type { GridShape } from '../sequence/patch-grid.ts'
import { patchCount } from '../sequence/patch-grid.ts'
import type { TargetIndex } from '../values/brand.ts'
import type { Input, RelevanceMatrix, Target } from './record.ts'

/** What is asked of a relevance matrix: one token, or the mean of several, or why one token stands there and not another. */
export interface Focus {
  readonly columns: readonly TargetIndex[]
  /** Place among the only column's candidates of the token it is compared with; `null` compares with none. */
  readonly whyNot: Alternative | null
}

/** A map as it is drawn: one number per cell, row by row, in nats. */
export interface ShownMap extends GridShape {
  readonly values: Float32Array
}

/** Relevance of every input for what is asked, in nats; length inputs. */
export function focusRelevance(matrix: RelevanceMatrix, { columns, whyNot }: Focus): Float32Array {
  const [only] = columns
  if (whyNot !== null && only !== undefined && columns.length === 1) return candidateDifference(matrix, only, 'target', whyNot)
  return spanRelevance(matrix, columns)
}

/**
 * The patches' part of inputs' relevance, laid out on their grid; `null` when no patch is among the inputs.
 * @param values one number per input, in nats
 */
export function patchMap(inputs: readonly Input[], values: Float32Array, grid: GridShape): ShownMap | null {
  const patches = inputs.filter(({ kind }) => kind === 'patch')
  if (patches.length === 0) return null
  const map = new Float32Array(patchCount(grid))
  for (const { index, row, column } of patches) map[(row ?? 0) * grid.columns + (column ?? 0)] = values[index] ?? 0
  return { rows: grid.rows, columns: grid.columns, values: map }
}

/** A coarse map for what is asked: the mean over the columns. Candidates are not known before the full map. */
export function coarseMap(
  { rows, columns: across, targets, values }: GridShape & { readonly targets: readonly Target[]; readonly values: Float32Array },
  { columns }: Focus,
): ShownMap {
  const matrix = { inputs: rows * across, targets: targets.length, values, candidates: new Float32Array(0) }
  return { rows, columns: across, values: spanRelevance(matrix, columns) }
}

/**
 * Full colour of the answer scale, in nats: one maximum over all tokens of the completion, for patches or for text.
 */
export function answerScale(
  inputs: readonly Input[],
  targets: readonly Target[],
  matrix: RelevanceMatrix,
  part: 'image' | 'text',
): number {
  const rows = inputs.filter(({ segment }) => (segment === 'image') === (part === 'image'))
  const columns = targets.filter(({ segment }) => segment === 'completion')
  return answerMaximum(
    rows.flatMap(({ index }) => columns.map(({ column }) => matrix.values[index * matrix.targets + column] ?? 0)),
  )
}

/** Place of a cell when all are ordered by falling relevance, from 1. */
export function rankOf({ values }: ShownMap, cell: number): number {
  const own = values[cell] ?? 0
  return 1 + values.reduce((above, value, other) => above + Number(value > own || (value === own && other < cell)), 0)
}
