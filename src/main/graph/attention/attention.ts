import type { NodeProto } from 'onnx-buf'
import { fail } from '../../../shared/contract/failure.ts'
import type { DecoderContract } from '../contract.ts'
import type { OnnxGraph } from '../file/onnx-graph.ts'
import { integerAttribute, isContributed, isStandard } from '../file/protobuf.ts'

/** How a key is hidden from a query: a number added to its score, or a condition that chooses between score and a low number. */
export type Mask =
  | { readonly kind: 'added'; readonly node: NodeProto; readonly tensor: string; readonly place: number }
  | { readonly kind: 'chosen'; readonly node: NodeProto; readonly condition: string; readonly visibleWhen: boolean }

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
  const sites: AttentionSite[] = []
  const scored = scoreTensors(graph)
  for (const node of graph.nodes) {
    const site = isStandard(node, 'Softmax') ? siteBefore(graph, node, layerOf, scored) : null
    if (site !== null) sites.push(site)
  }
  sites.sort((left, right) => left.layer - right.layer)
  const complete = sites.length === contract.inputs.past.length && sites.every((site, layer) => site.layer === layer)
  if (!complete) refuseAttention(graph, model)
  return sites
}

/** Ends with model-attention-unknown: what was expected, and a count of the graph's operators. */
function refuseAttention(graph: OnnxGraph, model: string): never {
  fail('model-attention-unknown', { model, expected, histogram: histogram(graph) })
}

/** The graph's operators with their counts, most frequent first: `MatMul 41, Add 42`. */
export function histogram(graph: OnnxGraph): string {
  const counts = new Map<string, number>()
  for (const { opType } of graph.nodes) counts.set(opType, (counts.get(opType) ?? 0) + 1)
  const byCount = [...counts].sort(([nameA, a], [nameB, b]) => b - a || nameA.localeCompare(nameB))
  return byCount.map(([name, count]) => `${name} ${count}`).join(', ')
}

/** A step from the softmax down towards the product of queries and keys. */
interface Step {
  readonly node: NodeProto
  /** Through which input the scores come. */
  readonly place: number
}

function siteBefore(
  graph: OnnxGraph,
  softmax: NodeProto,
  layerOf: ReadonlyMap<string, number>,
  scored: ReadonlySet<string>,
): AttentionSite | null {
  const axis = integerAttribute(softmax, 'axis', -1)
  if (axis !== -1 && axis !== 3) return null
  const steps = stepsDown(graph, { node: softmax, place: 0 }, scored)
  const product = steps && productBelow(graph, steps)
  if (steps === null || !product) return null
  const layer = layerOfKeys(graph, product.input[1], layerOf)
  const lastChange = lastChangeIn(steps)
  const reader = steps[lastChange]
  if (layer === null || reader === undefined || scaledAfter(steps, lastChange)) return null
  return {
    layer,
    scores: reader.node.input[reader.place] ?? '',
    reader: reader.node,
    place: reader.place,
    masks: steps.flatMap(maskOf).reverse(),
    anchored: steps.some(({ node }) => isStandard(node, 'Tanh', 'Concat')),
    product,
  }
}

function stepsDown(graph: OnnxGraph, from: Step, scored: ReadonlySet<string>): Step[] | null {
  const steps = [from]
  for (let step = from; steps.length < 16;) {
    const maker = graph.makerOf(step.node.input[step.place] ?? '')
    if (isProduct(maker)) return steps
    const place = maker === undefined ? null : scorePlace(maker, scored)
    if (maker === undefined || place === null) return null
    step = { node: maker, place }
    steps.push(step)
  }
  return null
}

function productBelow(graph: OnnxGraph, steps: readonly Step[]): NodeProto | undefined {
  const last = steps.at(-1)
  return last && graph.makerOf(last.node.input[last.place] ?? '')
}

function isProduct(node: NodeProto | undefined): boolean {
  return isStandard(node, 'MatMul') || isContributed(node, 'FusedMatMul')
}

const through = ['Add', 'Mul', 'Div', 'Where', 'Cast', 'Identity', 'Tanh', 'Max', 'Clip', 'Concat', 'Reshape']

/** Through which input of an operator the scores come; `null` when it is none or cannot be told. */
function scorePlace(node: NodeProto, scored: ReadonlySet<string>): number | null {
  if (!isStandard(node, ...through)) return null
  const places = node.input.flatMap((tensor, place) => (scored.has(tensor) ? [place] : []))
  return places.length === 1 ? (places[0] ?? null) : null
}

/** Tensors that may be scores: products, and what scaling, masks and soft caps make of them. */
function scoreTensors(graph: OnnxGraph): Set<string> {
  const scored = new Set<string>()
  for (const node of graph.sorted()) {
    const carries = isStandard(node, ...through) && node.input.some((input) => scored.has(input))
    if (isProduct(node) || carries) scored.add(node.output[0] ?? '')
  }
  return scored
}

/** Index of the last step that masks or squashes: the scores are still H below it. */
function lastChangeIn(steps: readonly Step[]): number {
  const last = steps.findLastIndex(({ node }) => !['Mul', 'Div', 'Cast', 'Identity', 'Reshape'].includes(node.opType))
  const below = steps[last + 1]
  // A soft cap is cap * tanh(H / cap): the division belongs to it.
  return steps[last]?.node.opType === 'Tanh' && isStandard(below?.node, 'Div', 'Mul') ? last + 1 : last
}

/** Whether the scores are scaled once more between mask and softmax; what is added before would then not be on the scale of H. */
function scaledAfter(steps: readonly Step[], lastChange: number): boolean {
  return steps.some(({ node }, index) => {
    if (index >= lastChange || !isStandard(node, 'Mul', 'Div')) return false
    return !isStandard(steps[index + 1]?.node, 'Tanh') && !isStandard(steps[index - 1]?.node, 'Tanh')
  })
}

function maskOf({ node, place }: Step): Mask[] {
  if (isStandard(node, 'Add')) return [{ kind: 'added', node, tensor: node.input[1 - place] ?? '', place: 1 - place }]
  if (isStandard(node, 'Where')) {
    return [{ kind: 'chosen', node, condition: node.input[0] ?? '', visibleWhen: place === 1 }]
  }
  return []
}

const movements = [
  'Transpose',
  'Reshape',
  'Expand',
  'Unsqueeze',
  'Squeeze',
  'Concat',
  'Mul',
  'Div',
  'Cast',
  'Identity',
  'Slice',
  'Gather',
]

/** Keys are a few movements away from their past; looking further only costs time. */
const mostMovements = 256

/** The layer whose past keys the tensor is made of; `null` when there are none or several. */
function layerOfKeys(graph: OnnxGraph, tensor: string | undefined, layerOf: ReadonlyMap<string, number>): number | null {
  const seen = new Set<string>()
  const open = tensor === undefined ? [] : [tensor]
  const layers = new Set<number>()
  for (let next = open.pop(); next !== undefined && seen.size < mostMovements; next = open.pop()) {
    if (seen.has(next)) continue
    seen.add(next)
    const layer = layerOf.get(next)
    if (layer !== undefined) layers.add(layer)
    const maker = graph.makerOf(next)
    // Every input of a join may hold the past; of the other operators only the first holds numbers of the keys.
    if (isStandard(maker, 'Concat', 'Mul')) open.push(...(maker?.input ?? []))
    else if (isStandard(maker, ...movements)) open.push(maker?.input[0] ?? '')
  }
  return layers.size === 1 ? ([...layers][0] ?? null) : null
}
