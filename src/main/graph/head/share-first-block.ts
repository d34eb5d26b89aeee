import type { NodeProto, ValueInfoProto } from 'onnx-buf'
import type { DecoderContract } from '../contract.ts'
import type { Dimension } from '../shapes/dimension.ts'
import type { OnnxGraph } from '../onnx/onnx-graph.ts'
import { element } from '../../../shared/values/element.ts'
import { attributeOf, requiredInputOf } from '../onnx/node.ts'
import { isStandard, operatorOf } from '../operators.ts'
import { takeShapesFromInputs } from '../shapes/shapes-from-inputs.ts'
import { inferShapes } from '../shapes/shapes.ts'
import type { Shape } from '../shapes/known.ts'
import type { Shapes } from '../shapes/shapes.ts'

/**
 * Lets all rows of a batch share what the first block computes before its softmax. All rows read the same embeddings; only factors set them apart, and
 * factors first matter in the first block's scores. So its norm, queries, keys and values, in a block of parallel attention and MLP (GPT-J) the MLP
 * too, are computed once for the whole batch: embeddings, mask, positions and the first layer's past come as a batch of one, the rest follows by
 * broadcasting. Exact, and about a quarter of a decoder of four layers.
 *
 * @returns whether sharing is proven to work; when not, the graph is left unusable and has to be made again
 */
export function shareFirstBlock(graph: OnnxGraph, contract: DecoderContract): boolean {
  const apart = inferShapes(graph, contract)
  if (!freeReshapes(graph, apart)) return false
  takeShapesFromInputs(graph, apart, contract, 'all')
  const shared = sharedTensors(contract)
  for (const value of [...graph.inputs, ...graph.outputs]) if (shared.has(value.name)) declareBatchOfOne(value)
  const together = inferShapes(graph, contract)
  return [...graph.nodes].every((node) => isSound(node, apart, together)) && isShared(graph, contract, together)
}

/** Inputs that all rows read the same, and what the first layer keeps of them. */
function sharedTensors({ inputs, outputs }: DecoderContract): ReadonlySet<string | null> {
  const [past, present] = [element(inputs.past, 0), element(outputs.present, 0)]
  const { embeddings, attentionMask, positionIds } = inputs
  return new Set([embeddings, attentionMask, positionIds, past.key, past.value, present.key, present.value])
}

/** Whether a node still does its work: what came as a batch is one row or all rows, and not some of each where that does not broadcast. */
function isSound(node: NodeProto, apart: Shapes, together: Shapes): boolean {
  const batches = node.input
    .filter((tensor) => apart.shapeOf(tensor)?.[0] === 'batch')
    .map((tensor) => together.shapeOf(tensor)?.[0])
  if (!batches.every((size) => size === 1 || size === 'batch')) return false
  return operatorOf(node).mixesBatches === true || new Set(batches).size <= 1
}

/** Lets every Reshape take the batch from the tensor it reshapes, not from another one's size. */
function freeReshapes(graph: OnnxGraph, shapes: Shapes): boolean {
  for (const node of graph.nodes) {
    if (!isStandard(node, 'Reshape')) continue
    const wanted = shapes.valuesOf(requiredInputOf(node, 1))
    const given = shapes.shapeOf(requiredInputOf(node, 0))
    if (wanted?.includes('batch') !== true) continue
    const free = given && freeShape(given, wanted)
    if (free === null) return false
    reshapeTo(graph, node, free)
  }
  return true
}

/** The same reshape in numbers: 0 copies a size from the same place, -1 takes what is left. `null` where that does not say it all. */
function freeShape(given: Shape, wanted: Shape): number[] | null {
  let left = 0
  const sizes = wanted.map((size: Dimension, axis) => {
    if (typeof size === 'number') return size
    if (given[axis] === size) return 0
    left += 1
    return -1
  })
  return left <= 1 && sizes[0] === 0 ? sizes : null
}

function reshapeTo(graph: OnnxGraph, node: NodeProto, sizes: readonly number[]): void {
  const allowZero = attributeOf(node, 'allowzero')
  if (allowZero !== undefined) allowZero.i = 0n
  graph.rewire(node, 1, graph.integers(sizes))
}

function declareBatchOfOne({ type }: ValueInfoProto): void {
  const batch = type?.value.case === 'tensorType' ? type.value.value.shape?.dim[0] : undefined
  if (batch !== undefined) batch.value = { case: 'dimValue', value: 1n }
}

/** Sharing works when the first layer's keys and values come out once, and everything later and the answers once per row. */
function isShared(graph: OnnxGraph, { outputs }: DecoderContract, shapes: Shapes): boolean {
  const batchOf = (tensor: string): Dimension | undefined => shapes.shapeOf(tensor)?.[0]
  const present = outputs.present.map(({ key, value }) => [batchOf(key), batchOf(value)])
  const layersAgree = present.every((sizes, layer) => sizes.every((size) => size === (layer === 0 ? 1 : 'batch')))
  return layersAgree && present.length > 1 && graph.outputs.some(({ name }) => batchOf(name) === 'batch')
}
