import type { OnnxGraph } from '../file/onnx-graph.ts'

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

/** Score of a hidden key, in single and in half precision. */
const lowest: Readonly<Record<number, number>> = { 1: -3.4e38, 10: -65504 }

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
  const hidden = graph.number(lowest[elementType] ?? -65504, elementType)
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
  const column = graph.add('ReduceMax', reduceInputs(graph, scores), { attributes: reduceAttributes(graph) })
  const zero = graph.add('Sub', [column, column])
  const extra = graph.add('Add', [zero, graph.add('Reshape', [sink, graph.integers([1, heads, 1, 1])])])
  const weights = softmax(graph, graph.add('Concat', [scores, extra], { attributes: { axis: -1 } }))
  return graph.add('Slice', [weights, graph.integers([0]), graph.integers([-1]), graph.integers([-1])])
}

function reduceInputs(graph: OnnxGraph, scores: string): string[] {
  return graph.opset < 18 ? [scores] : [scores, graph.integers([-1])]
}

function reduceAttributes(graph: OnnxGraph): Record<string, number | number[]> {
  return graph.opset < 18 ? { axes: [-1], keepdims: 1 } : { keepdims: 1 }
}

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

/** The past and the new, joined along the keys, under the given name; the new alone where there is no past. */
export function joinPast(graph: OnnxGraph, past: string, fresh: string, output: string | undefined): string {
  const named = output === undefined || output === '' ? {} : { outputs: [output] }
  if (past === '') return graph.add('Identity', [fresh], named)
  return graph.add('Concat', [past, fresh], { attributes: { axis: 2 }, ...named })
}

/** Places of queries and keys in the sequence: `[new, 1]` and `[1, keys]`. */
export interface Places {
  readonly rows: string
  readonly columns: string
}

/** Counts queries and keys through; the last query stands at the last key when `aligned` at the end, else the first at the first. */
export function placesOf(graph: OnnxGraph, queries: string, keys: string, aligned: 'start' | 'end'): Places {
  const lengthOf = (tensor: string): string => graph.add('Gather', [graph.add('Shape', [tensor]), graph.integers([2], [])])
  const [zero, one] = [graph.integers([0], []), graph.integers([1], [])]
  const [fresh, all] = [lengthOf(queries), lengthOf(keys)]
  const counted = graph.add('Range', [zero, fresh, one])
  const placed = aligned === 'start' ? counted : graph.add('Add', [counted, graph.add('Sub', [all, fresh])])
  return {
    rows: graph.add('Unsqueeze', [placed, graph.integers([1])]),
    columns: graph.add('Unsqueeze', [graph.add('Range', [zero, all, one]), graph.integers([0])]),
  }
}

/** Whether a key is not after the query, `[new, keys]`. */
export function causal(graph: OnnxGraph, { rows, columns }: Places): string {
  return graph.add('LessOrEqual', [columns, rows])
}
