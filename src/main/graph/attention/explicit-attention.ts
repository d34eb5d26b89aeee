import { lowestScoreOf } from '../onnx/element-type.ts'
import type { OnnxGraph } from '../onnx/onnx-graph.ts'
import { reduceLastAxis } from '../onnx/reduce.ts'

/** An attention to be written out in standard operators. All tensors have heads as their second axis. */
export interface AttentionParts {
  /** `[batch, heads, new, size]`, rotated. */
  readonly queries: string
  /** `[batch, keyHeads, keys, size]`, past and new. */
  readonly keys: string
  /** `[batch, keyHeads, keys, valueSize]`, past and new. */
  readonly values: string
  readonly heads: number
  /** Fewer than heads when several heads share their keys. */
  readonly keyHeads: number
  readonly scale: number
  /** Scores are squashed to this range; 0 leaves them. */
  readonly softcap: number
  /** Numbers added to the scores, broadcast to `[batch, heads, new, keys]`. */
  readonly bias: string | null
  /** Whether a key is visible, broadcast to `[batch, heads, new, keys]`. */
  readonly visible: string | null
  /** A score per head, `[heads]`, of a key that stands for attending to nothing. */
  readonly sink: string | null
  /** Element type of queries, keys and values. */
  readonly elementType: number
}

/**
 * Writes an attention out as MatMul, scale, soft cap, bias, mask, Softmax, MatMul: the form in which factors can reach the scores.
 * @returns `[batch, heads, new, valueSize]`
 */
export function explicitAttention(graph: OnnxGraph, parts: AttentionParts): string {
  const number = (value: number): string => graph.number(value, parts.elementType)
  const group = parts.heads / parts.keyHeads
  const product = graph.add('MatMul', [split(graph, parts, parts.queries), transposed(graph, parts.keys, group)])
  let scores = graph.add('Mul', [merged(graph, parts, product), number(parts.scale)])
  if (parts.softcap !== 0) {
    const squashed = graph.add('Tanh', [graph.add('Div', [scores, number(parts.softcap)])])
    scores = graph.add('Mul', [squashed, number(parts.softcap)])
  }
  const mask = maskOf(graph, parts)
  if (mask !== null) scores = graph.add('Add', [scores, mask])
  const weights = parts.sink === null ? softmax(graph, scores) : softmaxWithSink(graph, scores, parts.sink, parts.heads)
  const values = group === 1 ? parts.values : graph.add('Unsqueeze', [parts.values, graph.integers([2])])
  return merged(graph, parts, graph.add('MatMul', [split(graph, parts, weights), values]))
}

/** Bias and visibility as numbers to add: one pass over the scores instead of two, and without heads far smaller than they. */
function maskOf(graph: OnnxGraph, { bias, visible, elementType }: AttentionParts): string | null {
  if (visible === null) return bias
  const hidden = graph.number(lowestScoreOf(elementType), elementType)
  const mask = graph.add('Where', [visible, graph.number(0, elementType), hidden])
  return bias === null ? mask : graph.add('Add', [mask, bias])
}

function transposed(graph: OnnxGraph, keys: string, group: number): string {
  if (group === 1) return graph.add('Transpose', [keys], { attributes: { perm: [0, 1, 3, 2] } })
  const shared = graph.add('Unsqueeze', [keys, graph.integers([2])])
  return graph.add('Transpose', [shared], { attributes: { perm: [0, 1, 2, 4, 3] } })
}

/** `[batch, heads, rows, columns]` as `[batch, keyHeads, group, rows, columns]`, so that shared keys are broadcast instead of copied. */
function split(graph: OnnxGraph, { heads, keyHeads }: AttentionParts, tensor: string): string {
  if (heads === keyHeads) return tensor
  const rest = graph.add('Shape', [tensor], { attributes: { start: 2 } })
  const shape = graph.add('Concat', [graph.integers([0, keyHeads, heads / keyHeads]), rest], { attributes: { axis: 0 } })
  return graph.add('Reshape', [tensor, shape])
}

function merged(graph: OnnxGraph, { heads, keyHeads }: AttentionParts, tensor: string): string {
  if (heads === keyHeads) return tensor
  const rest = graph.add('Shape', [tensor], { attributes: { start: 3 } })
  return graph.add('Reshape', [tensor, graph.add('Concat', [graph.integers([0, heads]), rest], { attributes: { axis: 0 } })])
}

function softmax(graph: OnnxGraph, scores: string): string {
  return graph.add('Softmax', [scores], { attributes: { axis: -1 } })
}

function softmaxWithSink(graph: OnnxGraph, scores: string, sink: string, heads: number): string {
  const column = reduceLastAxis(graph, 'ReduceMax', scores)
  const zero = graph.add('Sub', [column, column])
  const extra = graph.add('Add', [zero, graph.add('Reshape', [sink, graph.integers([1, heads, 1, 1])])])
  const weights = softmax(graph, graph.add('Concat', [scores, extra], { attributes: { axis: -1 } }))
  return graph.add('Slice', [weights, graph.integers([0]), graph.integers([-1]), graph.integers([-1])])
}
