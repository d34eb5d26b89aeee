import type { TargetIndex } from '../values/brand.ts'
import { element } from '../values/element.ts'
import type { RelevanceMatrix } from '../explanation/record.ts'

/** The supporting part of relevance, for metrics that ask for values of at least 0: negative ones become 0. */
export function supporting(values: Float32Array): Float32Array {
  return values.map((value) => Math.max(0, value))
}

/** Relevance of every input as the paper weighs pictures: the sum of squares over the targets, in square nats; length inputs, never negative. */
export function squaredRelevance({ inputs, targets, values }: RelevanceMatrix, asked: readonly TargetIndex[]): Float32Array {
  return Float32Array.from({ length: inputs }, (_, input) =>
    asked.reduce((sum, target) => sum + element(values, input * targets + target) ** 2, 0),
  )
}
