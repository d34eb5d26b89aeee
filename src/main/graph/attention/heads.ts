import { notGiven } from '../onnx/node.ts'
import type { OnnxGraph } from '../onnx/onnx-graph.ts'

/** `[batch, rows, heads*size]` as `[batch, heads, rows, size]`. */
export function splitHeads(graph: OnnxGraph, tensor: string, heads: number): string {
  const split = graph.add('Reshape', [tensor, graph.integers([0, 0, heads, -1])])
  return graph.add('Transpose', [split], { attributes: { perm: [0, 2, 1, 3] } })
}

/** `[batch, heads, rows, size]` as `[batch, rows, heads*size]`, under the given name. */
export function mergeHeads(graph: OnnxGraph, tensor: string, output: string): void {
  const rows = graph.add('Transpose', [tensor], { attributes: { perm: [0, 2, 1, 3] } })
  graph.add('Reshape', [rows, graph.integers([0, 0, -1])], { outputs: [output] })
}

/** The past and the new, joined along the keys, under the given name where there is one; the new alone where there is no past. */
export function joinPast(graph: OnnxGraph, past: string, fresh: string, output: string): string {
  const named = output === notGiven ? {} : { outputs: [output] }
  if (past === notGiven) return graph.add('Identity', [fresh], named)
  return graph.add('Concat', [past, fresh], { attributes: { axis: 2 }, ...named })
}
