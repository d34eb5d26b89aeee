import type { NodeProto } from 'onnx-buf'
import { integerAttributeOr, integersAttribute } from '../onnx/node.ts'
import { operatorOf } from '../operators.ts'
import type { SizeRule } from '../operators.ts'
import { attentionSizes, groupedQuerySizes, multiHeadSizes } from './attention-sizes.ts'
import { broadcast, broadcastShapes } from './broadcast.ts'
import { contentOf } from './content-rules.ts'
import { difference, product, quotient, sum } from './dimension.ts'
import type { Dimension } from './dimension.ts'
import { axesOf, axisFromStart, inputShape, inputValues, sizeAt } from './known.ts'
import type { Known, Shape } from './known.ts'
import { matMulSizes, quantisedMatMulSizes } from './product-sizes.ts'
import { sliceSizes } from './slice-sizes.ts'

/**
 * Sizes of a node's outputs, as far as they follow from its inputs; `null` for an output that nothing is known of.
 * @throws Refused when the node asks for an axis or a size that is not there
 */
export function sizesOf(node: NodeProto, known: Known): readonly (Shape | null)[] {
  const { sizes } = operatorOf(node)
  if (sizes === undefined) return []
  const found = rules[sizes](node, known)
  return node.output.map((_, place) => (typeof found === 'function' ? found(place) : place === 0 ? found : null))
}

/** Sizes of the first output, or of each. */
type Rule = (node: NodeProto, known: Known) => Shape | null | ((place: number) => Shape | null)

const same: Rule = (node, known) => inputShape(node, 0, known)

/** The normalised sum is the first output, the sum itself the fourth (ContribOperators.md, SkipLayerNormalization). */
const skipNorm: Rule = (node, known) => (place) => (place === 0 || place === 3 ? inputShape(node, 0, known) : null)

/** Reversed where no order is given (ONNX, Transpose). */
const transpose: Rule = (node, known) => {
  const shape = inputShape(node, 0, known)
  const order = integersAttribute(node, 'perm')
  return shape && (order === null ? shape.toReversed() : order.map((axis) => sizeAt(node, shape, axis)))
}

const reshape: Rule = (node, known) => {
  const shape = inputShape(node, 0, known)
  const wanted = inputValues(node, 1, known)
  if (wanted === null) return freshSizes(inputShape(node, 1, known), known)
  // 0 copies the size in its place unless the node says that it means 0 (ONNX, Reshape).
  const copies = integerAttributeOr(node, 'allowzero', 0) === 0
  const sizes = wanted.map((size, axis) => (size === 0 && copies ? (shape ? sizeAt(node, shape, axis) : known.fresh()) : size))
  const others = product(sizes.filter((size) => size !== -1))
  return sizes.map((size) => (size === -1 ? ((shape && quotient(product(shape), others)) ?? known.fresh()) : size))
}

/** As many unknown sizes as the list of sizes is long. */
function freshSizes(list: Shape | null, known: Known): Shape | null {
  const rank = list?.[0]
  return typeof rank === 'number' ? Array.from({ length: rank }, () => known.fresh()) : null
}

const unsqueeze: Rule = (node, known) => {
  const shape = inputShape(node, 0, known)
  const axes = axesOf(node, 1, known.values)
  if (shape === null || axes === null) return null
  const rank = shape.length + axes.length
  const inserted = new Set(axes.map((axis) => axisFromStart(node, axis, rank)))
  const rest = Array.from({ length: rank }, (_, axis) => axis).filter((axis) => !inserted.has(axis))
  return Array.from({ length: rank }, (_, axis) => (inserted.has(axis) ? 1 : sizeAt(node, shape, rest.indexOf(axis))))
}

/** Drops every axis of one where no axes are given (ONNX, Squeeze). */
const squeeze: Rule = (node, known) => {
  const shape = inputShape(node, 0, known)
  const axes = axesOf(node, 1, known.values)
  if (shape === null || (axes === null && shape.some((size) => typeof size === 'string'))) return null
  const dropped = axes?.map((axis) => axisFromStart(node, axis, shape.length))
  return shape.filter((size, axis) => (dropped === undefined ? size !== 1 : !dropped.includes(axis)))
}

const expand: Rule = (node, known) => {
  const shape = inputShape(node, 0, known)
  const wanted = inputValues(node, 1, known)
  return shape && wanted && broadcastShapes([shape, wanted], known)
}

const concat: Rule = (node, known) => {
  const shapes = node.input.map((tensor) => known.shape(tensor)).filter((shape) => shape !== null)
  const [first] = shapes
  if (first === undefined || shapes.length < node.input.length) return null
  const axis = ownAxis(node, first)
  const add = (total: Dimension | null, shape: Shape) => (total === null ? null : sum(total, sizeAt(node, shape, axis)))
  const joined = shapes.reduce<Dimension | null>(add, 0)
  return first.with(axis, joined ?? known.fresh())
}

const split: Rule = (node, known) => {
  const shape = inputShape(node, 0, known)
  if (shape === null) return null
  const axis = ownAxis(node, shape)
  const parts = integersAttribute(node, 'split') ?? inputValues(node, 1, known)
  const even = quotient(sizeAt(node, shape, axis), node.output.length)
  return (place) => shape.with(axis, parts === null ? (even ?? known.fresh()) : sizeAt(node, parts, place))
}

const gather: Rule = (node, known) => {
  const shape = inputShape(node, 0, known)
  const indices = inputShape(node, 1, known)
  return shape && indices && shape.toSpliced(ownAxis(node, shape), 1, ...indices)
}

/** The axis an operator works along; the first where it does not say (ONNX: Concat, Split, Gather). */
function ownAxis(node: NodeProto, shape: Shape): number {
  return axisFromStart(node, integerAttributeOr(node, 'axis', 0), shape.length)
}

/** Coordinates in the last axis of the indices each pick what lies under them. */
const gatherND: Rule = (node, known) => {
  const data = inputShape(node, 0, known)
  const indices = inputShape(node, 1, known)
  const depth = indices?.at(-1)
  if (!data || !indices || typeof depth !== 'number' || integerAttributeOr(node, 'batch_dims', 0) !== 0) return null
  return [...indices.slice(0, -1), ...data.slice(depth)]
}

/** Without axes, or with an empty list, all are reduced, unless the node says otherwise: nothing is known then. Axes stay as axes of one by default. */
const reduce: Rule = (node, known) => {
  const shape = inputShape(node, 0, known)
  const axes = axesOf(node, 1, known.values)
  if (shape === null || axes === null || axes.length === 0) return null
  const reduced = axes.map((axis) => axisFromStart(node, axis, shape.length))
  if (integerAttributeOr(node, 'keepdims', 1) === 1) return shape.map((size, axis) => (reduced.includes(axis) ? 1 : size))
  return shape.filter((_, axis) => !reduced.includes(axis))
}

const range: Rule = (node, known) => {
  const [start, end, step] = [0, 1, 2].map((place) => inputValues(node, place, known)?.[0])
  const length = start === undefined || end === undefined || step !== 1 ? null : difference(end, start)
  return [length ?? known.fresh()]
}

const tile: Rule = (node, known) => {
  const shape = inputShape(node, 0, known)
  const times = inputValues(node, 1, known)
  const repeated = (size: Dimension, axis: number): Dimension =>
    times === null ? known.fresh() : product([size, sizeAt(node, times, axis)])
  return shape?.map(repeated) ?? null
}

const rules: Readonly<Record<SizeRule, Rule>> = {
  same,
  broadcast,
  reduce,
  skipNorm,
  matMul: matMulSizes,
  quantisedMatMul: quantisedMatMulSizes,
  attention: attentionSizes,
  groupedQuery: groupedQuerySizes,
  multiHead: multiHeadSizes,
  transpose,
  reshape,
  unsqueeze,
  squeeze,
  expand,
  concat,
  slice: sliceSizes,
  split,
  gather,
  gatherElements: (node, known) => inputShape(node, 1, known),
  gatherND,
  shape: (node, known) => [contentOf(node, known)?.length ?? known.fresh()],
  fill: (node, known) => inputValues(node, 0, known),
  range,
  tile,
}
