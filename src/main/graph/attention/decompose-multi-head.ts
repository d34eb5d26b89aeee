import type { NodeProto } from 'onnx-buf'
import { causal, explicitAttention, joinPast, mergeHeads, placesOf, splitHeads } from './explicit-attention.ts'
import type { OnnxGraph } from '../file/onnx-graph.ts'
import { floatAttribute, integerAttribute } from '../file/protobuf.ts'
import type { Shapes } from '../shapes/shapes.ts'

/**
 * Writes ONNX Runtime's MultiHeadAttention out: separate queries, keys and values, their biases, past, padding of keys, bias of
 * scores, causality.
 * @returns whether everything it uses is known
 */
export function decomposeMultiHeadAttention(graph: OnnxGraph, node: NodeProto, shapes: Shapes, elementType: number): boolean {
  const [query = '', key = '', value = '', biases = '', padding = '', bias = '', pastKey = '', pastValue = '', ...rest] =
    node.input
  const [output = '', presentKey, presentValue, scoresOutput = ''] = node.output
  const heads = integerAttribute(node, 'num_heads', 0)
  const width = shapes.shapeOf(query)?.[2]
  const separate = [query, key, value].every((tensor) => shapes.shapeOf(tensor)?.length === 3)
  const plain =
    rest.every((tensor) => tensor === '') && scoresOutput === '' && (padding === '' || shapes.shapeOf(padding)?.length === 2)
  if (!separate || !plain || heads === 0 || typeof width !== 'number') return false
  graph.remove(node)
  const valueWidth = shapes.shapeOf(value)?.[2]
  const [queryBias, keyBias, valueBias] = biases === '' ? [] : splitBiases(graph, biases, width, Number(valueWidth))
  const part = (tensor: string, added: string | undefined): string =>
    splitHeads(graph, added === undefined ? tensor : graph.add('Add', [tensor, added]), heads)
  const queries = part(query, queryBias)
  const keys = joinPast(graph, pastKey, part(key, keyBias), presentKey)
  const values = joinPast(graph, pastValue, part(value, valueBias), presentValue)
  const attended = explicitAttention(graph, {
    queries,
    keys,
    values,
    heads,
    keyHeads: heads,
    scale: floatAttribute(node, 'scale', 0) || 1 / Math.sqrt(width / heads),
    softcap: 0,
    bias: bias === '' ? null : bias,
    visible: visibleKeys(graph, node, padding, queries, keys),
    sink: null,
    elementType,
  })
  mergeHeads(graph, attended, output)
  return true
}

function splitBiases(graph: OnnxGraph, biases: string, width: number, valueWidth: number): string[] {
  const outputs = ['query', 'key', 'value'].map((part) => graph.freshName(`${part}-bias`))
  graph.add('Split', [biases, graph.integers([width, width, valueWidth])], { attributes: { axis: 0 }, outputs })
  return outputs
}

function visibleKeys(graph: OnnxGraph, node: NodeProto, padding: string, queries: string, keys: string): string | null {
  const order = integerAttribute(node, 'unidirectional', 0) === 1 ? causal(graph, placesOf(graph, queries, keys, 'end')) : null
  if (padding === '') return order
  const present = graph.add('Cast', [graph.add('Unsqueeze', [padding, graph.integers([1, 2])])], { attributes: { to: 9 } })
  return order === null ? present : graph.add('And', [present, order])
}
