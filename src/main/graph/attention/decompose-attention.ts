import type { NodeProto } from 'onnx-buf'
import type { Dimension } from '../shapes/dimension.ts'
import { causal, explicitAttention, joinPast, mergeHeads, placesOf, splitHeads } from './explicit-attention.ts'
import { isBoolean } from '../file/element-kind.ts'
import type { OnnxGraph } from '../file/onnx-graph.ts'
import { attributeOf, floatAttribute, integerAttribute } from '../file/protobuf.ts'
import type { Shapes } from '../shapes/shapes.ts'

/**
 * Writes the standard operator Attention (opset 23, 24) out: queries, keys and values with heads (rank 4) or merged (rank 3), shared
 * keys, past, mask of booleans or numbers, causality, soft cap.
 * @returns whether everything it uses is known
 */
export function decomposeAttention(graph: OnnxGraph, node: NodeProto, shapes: Shapes, elementType: number): boolean {
  const [queryInput = '', keyInput = '', valueInput = '', mask = '', pastKey = '', pastValue = '', padding = ''] = node.input
  const [output = '', presentKey, presentValue, scoresOutput = ''] = node.output
  const merged = shapes.shapeOf(queryInput)?.length === 3
  const heads = merged ? integerAttribute(node, 'q_num_heads', 0) : shapes.shapeOf(queryInput)?.[1]
  const keyHeads = merged ? integerAttribute(node, 'kv_num_heads', 0) : shapes.shapeOf(keyInput)?.[1]
  const width = shapes.shapeOf(queryInput)?.at(-1)
  const known = isCount(heads) && isCount(keyHeads) && typeof width === 'number' && heads % keyHeads === 0
  if (!known || padding !== '' || scoresOutput !== '') return false
  graph.remove(node)
  const split = (tensor: string, count: number): string => (merged ? splitHeads(graph, tensor, count) : tensor)
  const queries = split(queryInput, heads)
  const keys = joinPast(graph, pastKey, split(keyInput, keyHeads), presentKey)
  const values = joinPast(graph, pastValue, split(valueInput, keyHeads), presentValue)
  const hides = mask !== '' && isBoolean(graph, mask)
  const order =
    integerAttribute(node, 'is_causal', 0) === 1
      ? causal(graph, placesOf(graph, queries, keys, pastKey === '' ? 'start' : 'end'))
      : null
  const attended = explicitAttention(graph, {
    queries,
    keys,
    values,
    heads,
    keyHeads,
    // An absent scale is 1/√size; a scale of 0 would make every score 0 and is taken at its word.
    scale: attributeOf(node, 'scale')?.f ?? 1 / Math.sqrt(merged ? width / heads : width),
    softcap: floatAttribute(node, 'softcap', 0),
    bias: hides || mask === '' ? null : mask,
    visible: hides && order !== null ? graph.add('And', [mask, order]) : hides ? mask : order,
    sink: null,
    elementType,
  })
  if (merged) mergeHeads(graph, attended, output)
  else graph.add('Identity', [attended], { outputs: [output] })
  return true
}

function isCount(size: Dimension | undefined): size is number {
  return typeof size === 'number' && size > 0
}
