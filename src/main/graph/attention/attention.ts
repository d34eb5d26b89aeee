import type { NodeProto } from 'onnx-buf'
import { fail } from '../../../shared/contract/failure.ts'
import type { DecoderContract } from '../contract.ts'
import type { OnnxGraph } from '../onnx/onnx-graph.ts'
import { integerAttributeOr, requiredInputOf } from '../onnx/node.ts'
import { isStandard } from '../operators.ts'
import { layerOfKeys } from './keys.ts'
import { masksIn } from './mask.ts'
import type { Mask } from './mask.ts'
import { lastChangeIn, productBelow, scaledAfter, scoreTensors, stepsDown } from './score-steps.ts'

/** One attention: where its scaled scores `[batch, heads, queries, keys]` are read for the first time, and what happens to them until the softmax. */
export interface AttentionSite {
  readonly layer: number
  /** Scaled scores H, before mask and soft cap. */
  readonly scores: string
  /** The node that reads the scores, and in which place. */
  readonly reader: NodeProto
  readonly place: number
  /** Nearest the scores first. */
  readonly masks: readonly Mask[]
  /** Whether the scores meet something else than their mask before the softmax (soft cap, sink), so that a constant added to them all matters. */
  readonly anchored: boolean
  /** The product of queries and keys. */
  readonly product: NodeProto
}

const expected =
  'MatMul, scale, mask and Softmax in every layer, or one of the operators Attention, GroupQueryAttention and MultiHeadAttention'

/**
 * Finds every layer's attention, in the order of the layers.
 * @throws model-attention-unknown, with a count of the graph's operators, unless there is exactly one for each layer
 */
export function locateAttention(graph: OnnxGraph, contract: DecoderContract, model: string): AttentionSite[] {
  const layerOf = new Map(contract.inputs.past.map(({ key }, layer) => [key, layer]))
  const scored = scoreTensors(graph)
  const sites = [...graph.nodes].map((node) => siteBefore(graph, node, layerOf, scored)).filter((site) => site !== null)
  sites.sort((left, right) => left.layer - right.layer)
  const complete = sites.length === contract.inputs.past.length && sites.every((site, layer) => site.layer === layer)
  return complete ? sites : fail('model-attention-unknown', { model, expected, histogram: histogram(graph) })
}

/** The graph's operators with their counts, most frequent first: `MatMul 41, Add 42`. */
export function histogram(graph: OnnxGraph): string {
  const byName = Map.groupBy(graph.nodes, ({ opType }) => opType)
  const counts = [...byName].map(([name, nodes]) => [name, nodes.length] as const)
  counts.sort(([nameA, a], [nameB, b]) => b - a || nameA.localeCompare(nameB))
  return counts.map(([name, count]) => `${name} ${count}`).join(', ')
}

/** The attention that ends in this softmax; `null` for any other node or softmax. */
function siteBefore(
  graph: OnnxGraph,
  softmax: NodeProto,
  layerOf: ReadonlyMap<string, number>,
  scored: ReadonlySet<string>,
): AttentionSite | null {
  if (!isStandard(softmax, 'Softmax') || ![-1, 3].includes(integerAttributeOr(softmax, 'axis', -1))) return null
  const steps = stepsDown(graph, softmax, scored)
  const product = steps && productBelow(graph, steps)
  if (steps === null || !product) return null
  const layer = layerOfKeys(graph, requiredInputOf(product, 1), layerOf)
  const reader = lastChangeIn(steps)
  if (layer === null || scaledAfter(steps, reader)) return null
  return {
    layer,
    scores: requiredInputOf(reader.node, reader.place),
    reader: reader.node,
    place: reader.place,
    masks: masksIn(steps),
    anchored: steps.some(({ node }) => isStandard(node, 'Tanh', 'Concat')),
    product,
  }
}
