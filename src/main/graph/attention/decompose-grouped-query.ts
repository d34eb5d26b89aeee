import type { NodeProto } from 'onnx-buf'
import { causal, explicitAttention, joinPast, mergeHeads, placesOf, splitHeads } from './explicit-attention.ts'
import type { Places } from './explicit-attention.ts'
import type { OnnxGraph } from '../file/onnx-graph.ts'
import { attributeOf, floatAttribute, integerAttribute } from '../file/protobuf.ts'
import type { Shapes } from '../shapes/shapes.ts'

/**
 * Writes ONNX Runtime's GroupQueryAttention out: packed or separate queries, keys and values, rotation inside, soft cap, bias, sliding
 * window, sinks. The kernel takes lengths per row from the attention mask; ours takes every row to be full, as the engine feeds it.
 * @returns whether everything it uses is known
 */
export function decomposeGroupedQueryAttention(graph: OnnxGraph, node: NodeProto, shapes: Shapes, elementType: number): boolean {
  const [query = '', key = '', value = '', pastKey = '', pastValue = '', , , cosines = '', sines = ''] = node.input
  const [positions = '', bias = '', sink = '', ...quantised] = node.input.slice(9)
  const [output = '', presentKey, presentValue, scoresOutput = ''] = node.output
  const heads = integerAttribute(node, 'num_heads', 0)
  const keyHeads = integerAttribute(node, 'kv_num_heads', 0)
  const size = shapes.shapeOf(pastKey)?.[3]
  const quantisedKeys = ['k_quant_type', 'v_quant_type'].some(
    (name) => !['', 'NONE'].includes(new TextDecoder().decode(attributeOf(node, name)?.s)),
  )
  const known = typeof size === 'number' && heads > 0 && keyHeads > 0 && heads % keyHeads === 0 && pastKey !== ''
  if (!known || quantisedKeys || quantised.some((tensor) => tensor !== '') || scoresOutput !== '') return false
  graph.remove(node)
  const parts = key === '' ? unpack(graph, query, heads * size, keyHeads * size) : [query, key, value]
  const [rawQueries = '', rawKeys = '', fresh = ''] = parts.map((tensor, place) =>
    splitHeads(graph, tensor, place === 0 ? heads : keyHeads),
  )
  const join = (): { keys: string; places: Places; queries: string } => {
    if (integerAttribute(node, 'do_rotary', 0) === 0) {
      const keys = joinPast(graph, pastKey, rawKeys, presentKey)
      return { keys, queries: rawQueries, places: placesOf(graph, rawQueries, keys, 'end') }
    }
    // The places of the queries do not depend on the rotation, so the unrotated keys may be counted.
    const places = placesOf(graph, rawQueries, joinPast(graph, pastKey, rawKeys, undefined), 'end')
    const ids = positions === '' ? positionIds(graph, places, rawQueries) : positions
    const rotate = (tensor: string, count: number): string =>
      rotated(graph, node, { tensor, ids, cosines, sines, heads: count, size, tableWidth: shapes.shapeOf(cosines)?.[1] })
    return { keys: joinPast(graph, pastKey, rotate(rawKeys, keyHeads), presentKey), queries: rotate(rawQueries, heads), places }
  }
  const { keys, queries, places } = join()
  const attended = explicitAttention(graph, {
    queries,
    keys,
    values: joinPast(graph, pastValue, fresh, presentValue),
    heads,
    keyHeads,
    scale: floatAttribute(node, 'scale', 0) || 1 / Math.sqrt(size),
    softcap: floatAttribute(node, 'softcap', 0),
    bias: bias === '' ? null : bias,
    visible: visibleKeys(graph, places, integerAttribute(node, 'local_window_size', -1)),
    sink: sink === '' ? smoothSink(graph, node, heads, elementType) : sink,
    elementType,
  })
  mergeHeads(graph, attended, output)
  return true
}

function unpack(graph: OnnxGraph, packed: string, queries: number, keys: number): string[] {
  const outputs = ['queries', 'keys', 'values'].map((part) => graph.freshName(part))
  graph.add('Split', [packed, graph.integers([queries, keys, keys])], { attributes: { axis: -1 }, outputs })
  return outputs
}

function visibleKeys(graph: OnnxGraph, places: Places, window: number): string {
  const before = causal(graph, places)
  if (window <= 0) return before
  const first = graph.add('Sub', [places.rows, graph.integers([window], [])])
  return graph.add('And', [before, graph.add('Greater', [places.columns, first])])
}

/** Softmax with a 1 added to its sum is a sink of score 0. */
function smoothSink(graph: OnnxGraph, node: NodeProto, heads: number, elementType: number): string | null {
  if (integerAttribute(node, 'smooth_softmax', 0) !== 1) return null
  return graph.add('Expand', [graph.number(0, elementType), graph.integers([heads])])
}

function positionIds(graph: OnnxGraph, { rows }: Places, queries: string): string {
  const row = graph.add('Transpose', [rows], { attributes: { perm: [1, 0] } })
  const shape = graph.add('Gather', [graph.add('Shape', [queries]), graph.integers([0, 2])])
  return graph.add('Expand', [row, shape])
}

interface Rotation {
  readonly tensor: string
  readonly ids: string
  readonly cosines: string
  readonly sines: string
  readonly heads: number
  readonly size: number
  readonly tableWidth: number | string | undefined
}

function rotated(graph: OnnxGraph, node: NodeProto, { tensor, ids, cosines, sines, heads, size, tableWidth }: Rotation): string {
  const partly = typeof tableWidth === 'number' && 2 * tableWidth < size ? { rotary_embedding_dim: 2 * tableWidth } : {}
  const interleaved = integerAttribute(node, 'rotary_interleaved', 0)
  return graph.add('RotaryEmbedding', [tensor, ids, cosines, sines], {
    domain: 'com.microsoft',
    attributes: { interleaved, num_heads: heads, ...partly },
  })
}
