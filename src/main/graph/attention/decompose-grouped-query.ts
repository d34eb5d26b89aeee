import type { NodeProto } from 'onnx-buf'
import { countAttribute, floatAttributeOr, inputOf, integerAttributeOr, notGiven, outputOf, textAttribute } from '../onnx/node.ts'
import type { OnnxGraph } from '../onnx/onnx-graph.ts'
import { contributedDomain } from '../operators.ts'
import type { Shapes } from '../shapes/shapes.ts'
import { explicitAttention } from './explicit-attention.ts'
import { joinPast, mergeHeads, splitHeads } from './heads.ts'
import { causal, placesOf } from './places.ts'
import type { Places } from './places.ts'

/** Places of the inputs (ContribOperators.md, GroupQueryAttention); keys and values are left out where the queries hold them too. */
const inputs = {
  query: 0,
  key: 1,
  value: 2,
  pastKey: 3,
  pastValue: 4,
  cosines: 7,
  sines: 8,
  positions: 9,
  bias: 10,
  sink: 11,
} as const
/** Inputs from here on are scales of quantised keys and values. */
const firstQuantised = 12

interface Heads {
  readonly heads: number
  readonly keyHeads: number
  /** Size of one head. */
  readonly size: number
}

/**
 * Writes ONNX Runtime's GroupQueryAttention out: packed or separate queries, keys and values, rotation inside, soft cap, bias, sliding
 * window, sinks. The kernel takes lengths per row from the attention mask; ours takes every row to be full, as the engine feeds it.
 * One that uses what is not known stays as it is.
 */
export function decomposeGroupedQueryAttention(graph: OnnxGraph, node: NodeProto, shapes: Shapes, elementType: number): void {
  const sizes = headsOf(node, shapes)
  if (sizes === null || isQuantised(node) || outputOf(node, 3) !== notGiven) return
  graph.remove(node)
  const { heads, keyHeads, size } = sizes
  const parts = splitParts(graph, node, sizes)
  const { keys, queries, places } = rotateAndJoin(graph, node, parts, sizes, shapes)
  const [bias, sink] = [inputOf(node, inputs.bias), inputOf(node, inputs.sink)]
  const attended = explicitAttention(graph, {
    queries,
    keys,
    values: joinPast(graph, inputOf(node, inputs.pastValue), parts.values, outputOf(node, 2)),
    heads,
    keyHeads,
    // ContribOperators.md: 1/√size where the scale is left out or 0.
    scale: floatAttributeOr(node, 'scale', 0) || 1 / Math.sqrt(size),
    softcap: floatAttributeOr(node, 'softcap', 0),
    bias: bias === notGiven ? null : bias,
    visible: visibleKeys(graph, places, integerAttributeOr(node, 'local_window_size', -1)),
    sink: sink === notGiven ? smoothSink(graph, node, heads, elementType) : sink,
    elementType,
  })
  mergeHeads(graph, attended, outputOf(node))
}

function headsOf(node: NodeProto, shapes: Shapes): Heads | null {
  const [heads, keyHeads] = [countAttribute(node, 'num_heads'), countAttribute(node, 'kv_num_heads')]
  const size = shapes.shapeOf(inputOf(node, inputs.pastKey))?.[3]
  if (heads === null || keyHeads === null || typeof size !== 'number' || heads % keyHeads !== 0) return null
  return { heads, keyHeads, size }
}

function isQuantised(node: NodeProto): boolean {
  const types = ['k_quant_type', 'v_quant_type'].map((name) => textAttribute(node, name))
  return (
    types.some((type) => type !== '' && type !== 'NONE') || node.input.slice(firstQuantised).some((tensor) => tensor !== notGiven)
  )
}

/** Queries, keys and values of the new tokens, with heads, before rotation. */
interface Parts {
  readonly queries: string
  readonly keys: string
  readonly values: string
}

function splitParts(graph: OnnxGraph, node: NodeProto, { heads, keyHeads, size }: Heads): Parts {
  const [query, key, value] = [inputOf(node, inputs.query), inputOf(node, inputs.key), inputOf(node, inputs.value)]
  const flat = key === notGiven ? unpack(graph, query, heads * size, keyHeads * size) : ([query, key, value] as const)
  const [queries, keys, values] = [
    splitHeads(graph, flat[0], heads),
    splitHeads(graph, flat[1], keyHeads),
    splitHeads(graph, flat[2], keyHeads),
  ]
  return { queries, keys, values }
}

function unpack(graph: OnnxGraph, packed: string, queries: number, keys: number): [string, string, string] {
  const outputs: [string, string, string] = [graph.freshName('queries'), graph.freshName('keys'), graph.freshName('values')]
  graph.add('Split', [packed, graph.integers([queries, keys, keys])], { attributes: { axis: -1 }, outputs })
  return outputs
}

/** Queries as they enter the product, keys with their past, and where both stand. */
interface Joined {
  readonly queries: string
  readonly keys: string
  readonly places: Places
}

function rotateAndJoin(graph: OnnxGraph, node: NodeProto, parts: Parts, sizes: Heads, shapes: Shapes): Joined {
  const pastKey = inputOf(node, inputs.pastKey)
  if (integerAttributeOr(node, 'do_rotary', 0) === 0) {
    const keys = joinPast(graph, pastKey, parts.keys, outputOf(node, 1))
    return { keys, queries: parts.queries, places: placesOf(graph, parts.queries, keys, 'end') }
  }
  // The places of the queries do not depend on the rotation, so the unrotated keys may be counted.
  const places = placesOf(graph, parts.queries, joinPast(graph, pastKey, parts.keys, notGiven), 'end')
  const given = inputOf(node, inputs.positions)
  const ids = given === notGiven ? positionIds(graph, places, parts.queries) : given
  const rotate = (tensor: string, heads: number): string =>
    graph.add('RotaryEmbedding', [tensor, ids, inputOf(node, inputs.cosines), inputOf(node, inputs.sines)], {
      domain: contributedDomain,
      attributes: rotationOf(node, heads, sizes.size, shapes),
    })
  const keys = joinPast(graph, pastKey, rotate(parts.keys, sizes.keyHeads), outputOf(node, 1))
  return { keys, queries: rotate(parts.queries, sizes.heads), places }
}

/** A table of cosines narrower than half a head rotates the head's beginning only. */
function rotationOf(node: NodeProto, heads: number, size: number, shapes: Shapes): Record<string, number> {
  const width = shapes.shapeOf(inputOf(node, inputs.cosines))?.[1]
  const partly = typeof width === 'number' && 2 * width < size ? { rotary_embedding_dim: 2 * width } : {}
  return { interleaved: integerAttributeOr(node, 'rotary_interleaved', 0), num_heads: heads, ...partly }
}

function visibleKeys(graph: OnnxGraph, places: Places, window: number): string {
  const before = causal(graph, places)
  if (window <= 0) return before
  const first = graph.add('Sub', [places.rows, graph.integers([window], [])])
  return graph.add('And', [before, graph.add('Greater', [places.columns, first])])
}

/** Softmax with a 1 added to its sum is a sink of score 0. */
function smoothSink(graph: OnnxGraph, node: NodeProto, heads: number, elementType: number): string | null {
  if (integerAttributeOr(node, 'smooth_softmax', 0) !== 1) return null
  return graph.add('Expand', [graph.number(0, elementType), graph.integers([heads])])
}

function positionIds(graph: OnnxGraph, { rows }: Places, queries: string): string {
  const row = graph.add('Transpose', [rows], { attributes: { perm: [1, 0] } })
  const shape = graph.add('Gather', [graph.add('Shape', [queries]), graph.integers([0, 2])])
  return graph.add('Expand', [row, shape])
}
