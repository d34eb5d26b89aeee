import type { NodeProto } from 'onnx-buf'
import { BOOL } from '../onnx/element-type.ts'
import { countAttribute, floatAttributeOr, inputOf, integerAttributeOr, notGiven, outputOf } from '../onnx/node.ts'
import type { OnnxGraph } from '../onnx/onnx-graph.ts'
import type { Shapes } from '../shapes/shapes.ts'
import { explicitAttention } from './explicit-attention.ts'
import { joinPast, mergeHeads, splitHeads } from './heads.ts'
import { causal, placesOf } from './places.ts'

/** Places of the inputs (ContribOperators.md, MultiHeadAttention). */
const inputs = { query: 0, key: 1, value: 2, biases: 3, padding: 4, bias: 5, pastKey: 6, pastValue: 7 } as const
/** Inputs from here on share a buffer between past and present, or reorder beams. */
const firstUnknown = 8

interface Widths {
  readonly heads: number
  /** Width of the queries, all heads together. */
  readonly width: number
  readonly valueWidth: number
}

/**
 * Writes ONNX Runtime's MultiHeadAttention out: separate queries, keys and values, their biases, past, padding of keys, bias of
 * scores, causality. One that uses what is not known stays as it is.
 */
export function decomposeMultiHeadAttention(graph: OnnxGraph, node: NodeProto, shapes: Shapes, elementType: number): void {
  const widths = widthsOf(node, shapes)
  if (widths === null || !isPlain(node, shapes)) return
  graph.remove(node)
  const { queries, keys, values } = splitParts(graph, node, widths)
  const { heads, width } = widths
  const bias = inputOf(node, inputs.bias)
  const attended = explicitAttention(graph, {
    queries,
    keys,
    values,
    heads,
    keyHeads: heads,
    // ContribOperators.md: 1/√size where the scale is left out or 0.
    scale: floatAttributeOr(node, 'scale', 0) || 1 / Math.sqrt(width / heads),
    softcap: 0,
    bias: bias === notGiven ? null : bias,
    visible: visibleKeys(graph, node, queries, keys),
    sink: null,
    elementType,
  })
  mergeHeads(graph, attended, outputOf(node))
}

/** Sizes, where queries, keys and values are given apart (rank 3) and their widths are known. */
function widthsOf(node: NodeProto, shapes: Shapes): Widths | null {
  const heads = countAttribute(node, 'num_heads')
  const parts = [inputs.query, inputs.key, inputs.value].map((place) => shapes.shapeOf(inputOf(node, place)))
  const [width, valueWidth] = [parts[0]?.[2], parts[2]?.[2]]
  const isSeparate = parts.every((shape) => shape?.length === 3)
  if (heads === null || !isSeparate || typeof width !== 'number' || typeof valueWidth !== 'number') return null
  return { heads, width, valueWidth }
}

function isPlain(node: NodeProto, shapes: Shapes): boolean {
  const padding = inputOf(node, inputs.padding)
  const isKnownPadding = padding === notGiven || shapes.shapeOf(padding)?.length === 2
  return isKnownPadding && outputOf(node, 3) === notGiven && node.input.slice(firstUnknown).every((tensor) => tensor === notGiven)
}

/** Queries of the new tokens, keys and values of all, with heads and biases. */
interface Parts {
  readonly queries: string
  readonly keys: string
  readonly values: string
}

function splitParts(graph: OnnxGraph, node: NodeProto, widths: Widths): Parts {
  const biases = splitBiases(graph, inputOf(node, inputs.biases), widths)
  const part = (place: 0 | 1 | 2): string => {
    const tensor = inputOf(node, place)
    return splitHeads(graph, biases === null ? tensor : graph.add('Add', [tensor, biases[place]]), widths.heads)
  }
  const queries = part(inputs.query)
  const keys = joinPast(graph, inputOf(node, inputs.pastKey), part(inputs.key), outputOf(node, 1))
  const values = joinPast(graph, inputOf(node, inputs.pastValue), part(inputs.value), outputOf(node, 2))
  return { queries, keys, values }
}

/** The biases of queries, keys and values, which come as one vector. */
function splitBiases(graph: OnnxGraph, biases: string, { width, valueWidth }: Widths): [string, string, string] | null {
  if (biases === notGiven) return null
  const outputs: [string, string, string] = [
    graph.freshName('query-bias'),
    graph.freshName('key-bias'),
    graph.freshName('value-bias'),
  ]
  graph.add('Split', [biases, graph.integers([width, width, valueWidth])], { attributes: { axis: 0 }, outputs })
  return outputs
}

/** Padding of keys `[batch, keys]`, which counts where it is not 0, and the order of the tokens. */
function visibleKeys(graph: OnnxGraph, node: NodeProto, queries: string, keys: string): string | null {
  const isOrdered = integerAttributeOr(node, 'unidirectional', 0) === 1
  const order = isOrdered ? causal(graph, placesOf(graph, queries, keys, 'end')) : null
  const padding = inputOf(node, inputs.padding)
  if (padding === notGiven) return order
  const present = graph.add('Cast', [graph.add('Unsqueeze', [padding, graph.integers([1, 2])])], { attributes: { to: BOOL } })
  return order === null ? present : graph.add('And', [present, order])
}
