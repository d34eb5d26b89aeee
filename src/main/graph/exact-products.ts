import type { OnnxGraph } from './onnx/onnx-graph.ts'
import { isContributed } from './operators.ts'

/**
 * Lets quantised products accumulate in full precision: with `accuracy_level` set, MatMulNBits rounds its inputs too, which drowns
 * the effect of a suppression.
 */
export function makeProductsExact(graph: OnnxGraph): void {
  for (const node of graph.nodes) {
    if (isContributed(node, 'MatMulNBits')) node.attribute = node.attribute.filter(({ name }) => name !== 'accuracy_level')
  }
}
