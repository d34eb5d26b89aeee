import type { Position, TargetIndex } from '../values/brand.ts'
import { element } from '../values/element.ts'
import type { Input, RelevanceMatrix } from '../explanation/record.ts'

/**
 * Relevance of every input for a word or span of the answer: the mean over its tokens (method, section 3), in nats; length inputs.
 * 0 for a span without tokens.
 */
export function spanRelevance(matrix: RelevanceMatrix, targets: readonly TargetIndex[]): Float32Array {
  return eachInput(matrix, (at) => targets.reduce((sum, target) => sum + at(target), 0) / Math.max(1, targets.length))
}

function eachInput(
  { inputs, targets, values }: RelevanceMatrix,
  value: (at: (target: TargetIndex) => number) => number,
): Float32Array {
  return Float32Array.from({ length: inputs }, (_, input) => value((target) => element(values, input * targets + target)))
}

/** A token that could stand at a target: the one that does, or one of its five candidates by place. */
export type Alternative = 'target' | 0 | 1 | 2 | 3 | 4

/**
 * Why X and not Y: how much more every input spoke for X than for Y at a target, in nats; length inputs. NaN where the target has no such candidate.
 */
export function candidateDifference(
  matrix: RelevanceMatrix,
  target: TargetIndex,
  why: Alternative,
  whyNot: Alternative,
): Float32Array {
  return Float32Array.from(
    { length: matrix.inputs },
    (_, input) => alternative(matrix, input, target, why) - alternative(matrix, input, target, whyNot),
  )
}

function alternative(
  { targets, values, candidates }: RelevanceMatrix,
  input: number,
  target: TargetIndex,
  which: Alternative,
): number {
  const cell = input * targets + target
  const kept = candidates.length / values.length
  return which === 'target' ? element(values, cell) : element(candidates, cell * kept + which)
}

/**
 * Whether a view may show an input for the target at a position: only what stands wholly before it can have been read for it. A later one can still have
 * relevance, because an earlier twin is suppressed with it; the matrix keeps that number.
 */
export function standsBefore({ members }: Pick<Input, 'members'>, target: Position): boolean {
  return members.every((member) => member < target)
}
