import type { InputIndex } from '../values/brand.ts'
import type { RelevanceMatrix, Target } from './record.ts'

/** A token and how much it drops when a part of the input is suppressed. */
export interface Drop {
  readonly target: Target
  /** Log-probability lost, in nats: the mean over the parts, each suppressed alone. */
  readonly nats: number
}

/**
 * The reverse question: which tokens drop when these parts are suppressed, in the order of the text. Every number is already in the matrix.
 * A token that stands before or in the part itself is left out: it was said before the part was read.
 */
export function drops(
  matrix: RelevanceMatrix,
  targets: readonly Target[],
  parts: readonly InputIndex[],
  isAfter: (target: Target) => boolean,
): Drop[] {
  return targets.filter(isAfter).map((target) => ({ target, nats: meanDrop(matrix, target, parts) }))
}

function meanDrop({ targets, values }: RelevanceMatrix, { column }: Target, parts: readonly InputIndex[]): number {
  return parts.reduce((sum, part) => sum + (values[part * targets + column] ?? 0), 0) / Math.max(1, parts.length)
}
