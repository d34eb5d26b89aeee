import type { NodeProto } from 'onnx-buf'
import type { OnnxGraph } from '../onnx/onnx-graph.ts'
import { inputOf, outputOf, requiredInputOf } from '../onnx/node.ts'
import { isStandard, operatorOf } from '../operators.ts'

const limit = 'num_logits_to_keep'

/**
 * Removes the input `num_logits_to_keep` with the slice that it rules: targets choose their rows themselves. 0 keeps all rows, so
 * leaving the slice out is what feeding 0 would do. A graph that uses the input otherwise keeps it, to be fed 0.
 */
export function keepAllLogits(graph: OnnxGraph): void {
  for (const slice of slicesRuledBy(graph, limit)) {
    graph.redirect(outputOf(slice), requiredInputOf(slice, 0))
    graph.remove(slice)
  }
  graph.prune()
  if (graph.usersOf(limit).size === 0) graph.inputs = graph.inputs.filter(({ name }) => name !== limit)
}

/** Slices that start a number of rows from the end. */
function slicesRuledBy(graph: OnnxGraph, tensor: string): NodeProto[] {
  const slices: NodeProto[] = []
  const seen = new Set([tensor])
  for (const ruler of seen) {
    for (const user of graph.usersOf(ruler)) {
      const output = outputOf(user)
      if (operatorOf(user).carriesCount === true) seen.add(output)
      if (isStandard(user, 'Slice') && inputOf(user, 1) === ruler && !graph.isOutput(output)) slices.push(user)
    }
  }
  return slices
}
