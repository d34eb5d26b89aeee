import type { NodeProto } from 'onnx-buf'
import { isBoolean } from '../onnx/element-kind.ts'
import { countAttribute, floatAttributeOr, inputOf, integerAttributeOr, notGiven, outputOf } from '../onnx/node.ts'
import type { OnnxGraph } from '../onnx/onnx-graph.ts'
import type { Dimension } from '../shapes/dimension.ts'
import type { Shapes } from '../shapes/shapes.ts'
import { explicitAttention } from './explicit-attention.ts'
import { joinPast, mergeHeads, splitHeads } from './heads.ts'
import { causal, placesOf } from './places.ts'

/** Sizes that the operator leaves to its inputs when they have heads as an axis (rank 4), and to its attributes when not (rank 3). */
interface Heads {
  readonly merged: boolean
  readonly heads: number
  readonly keyHeads: number
  /** Size of one head of the queries. */
  readonly size: number
}

/**
 * Writes the standard operator Attention (opset 23, 24) out: queries, keys and values with heads (rank 4) or merged (rank 3), shared
 * keys, past, mask of booleans or numbers, causality, soft cap. One that uses what is not known stays as it is.
 */
export function decomposeAttention(graph: OnnxGraph, node: NodeProto, shapes: Shapes, elementType: number): void {
  const sizes = headsOf(node, shapes)
  const [padding, scoresOutput] = [inputOf(node, 6), outputOf(node, 3)]
  if (sizes === null || padding !== notGiven || scoresOutput !== notGiven) return
  graph.remove(node)
  const { merged, heads, keyHeads, size } = sizes
  const split = (tensor: string, count: number): string => (merged ? splitHeads(graph, tensor, count) : tensor)
  const queries = split(inputOf(node, 0), heads)
  const keys = joinPast(graph, inputOf(node, 4), split(inputOf(node, 1), keyHeads), outputOf(node, 1))
  const values = joinPast(graph, inputOf(node, 5), split(inputOf(node, 2), keyHeads), outputOf(node, 2))
  const attended = explicitAttention(graph, {
    queries,
    keys,
    values,
    heads,
    keyHeads,
    // An absent scale is 1/√size; a scale of 0 would make every score 0 and is taken at its word.
    scale: floatAttributeOr(node, 'scale', 1 / Math.sqrt(size)),
    softcap: floatAttributeOr(node, 'softcap', 0),
    ...hidingOf(graph, node, queries, keys),
    sink: null,
    elementType,
  })
  if (merged) mergeHeads(graph, attended, outputOf(node))
  else graph.add('Identity', [attended], { outputs: [outputOf(node)] })
}

function headsOf(node: NodeProto, shapes: Shapes): Heads | null {
  const queries = shapes.shapeOf(inputOf(node, 0))
  const merged = queries?.length === 3
  const heads = merged ? countAttribute(node, 'q_num_heads') : count(queries?.[1])
  const keyHeads = merged ? countAttribute(node, 'kv_num_heads') : count(shapes.shapeOf(inputOf(node, 1))?.[1])
  const width = count(queries?.at(-1))
  if (heads === null || keyHeads === null || width === null || heads % keyHeads !== 0) return null
  return { merged, heads, keyHeads, size: merged ? width / heads : width }
}

function count(size: Dimension | undefined): number | null {
  return typeof size === 'number' && size > 0 ? size : null
}

/** A mask of numbers is added; one of booleans and the order of the tokens say which keys are visible. */
function hidingOf(
  graph: OnnxGraph,
  node: NodeProto,
  queries: string,
  keys: string,
): { bias: string | null; visible: string | null } {
  const mask = inputOf(node, 3)
  const given = mask === notGiven ? null : mask
  const hides = given !== null && isBoolean(graph, given)
  const order = orderOf(graph, node, queries, keys)
  if (!hides) return { bias: given, visible: order }
  return { bias: null, visible: order === null ? given : graph.add('And', [given, order]) }
}

function orderOf(graph: OnnxGraph, node: NodeProto, queries: string, keys: string): string | null {
  if (integerAttributeOr(node, 'is_causal', 0) !== 1) return null
  return causal(graph, placesOf(graph, queries, keys, inputOf(node, 4) === notGiven ? 'start' : 'end'))
}
