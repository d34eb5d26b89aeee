import type { NodeProto } from 'onnx-buf'
import { inputOf, integerAttributeOr, integersAttribute } from '../onnx/node.ts'
import { operatorOf } from '../operators.ts'
import type { RowRule } from '../operators.ts'
import { axesOf } from '../shapes/known.ts'
import { turnsBatches, turnsLeft } from '../shapes/product-sizes.ts'
import type { Shapes } from '../shapes/shapes.ts'
import { reshapeRows } from './reshape-rows.ts'
import { rotaryRows } from './rotary-rows.ts'
import { broadcastReads, rowsOfFirst } from './row-reads.ts'
import type { Narrowing } from './row-reads.ts'

/**
 * How the operator makes only some rows along `axis` (from the last, -1) of its outputs; `null` when rows mix there, or when sizes are not known well
 * enough to be sure.
 */
export function narrowing(node: NodeProto, axis: number, shapes: Shapes): Narrowing | null {
  const { rows } = operatorOf(node)
  return rows === undefined ? null : rules[rows](node, axis, shapes)
}

type Rule = (node: NodeProto, axis: number, shapes: Shapes) => Narrowing | null

function rankOfFirst(node: NodeProto, shapes: Shapes): number | null {
  return shapes.shapeOf(inputOf(node, 0))?.length ?? null
}

/** Operators that work on the first input, row by row unless the row axis is one of theirs; `null` where those are unknown. */
const firstInput =
  (ownAxes: (node: NodeProto, shapes: Shapes) => readonly number[] | null): Rule =>
  (node, axis, shapes) => {
    const rank = rankOfFirst(node, shapes)
    const own = ownAxes(node, shapes)
    const isFree = rank !== null && own !== null && !own.some((taken) => fromEnd(taken, rank) === axis)
    return isFree ? broadcastReads(node, axis, shapes, [0]) : null
  }

function fromEnd(axis: number, rank: number): number {
  return axis < 0 ? axis : axis - rank
}

const alongAttribute = (byDefault: number): Rule => firstInput((node) => [integerAttributeOr(node, 'axis', byDefault)])

const axesInput = (place: number): Rule => firstInput((node, shapes) => axesOf(node, place, shapes.valuesOf))

/** An empty list of axes means all of them (ONNX, ReduceSum), and axes that fall away move the others. */
const reduce: Rule = (node, axis, shapes) => {
  const keepsAxes = integerAttributeOr(node, 'keepdims', 1) === 1
  const axes = axesOf(node, 1, shapes.valuesOf)
  return keepsAxes && axes !== null && axes.length > 0 ? firstInput(() => axes)(node, axis, shapes) : null
}

/** A norm takes all axes from `axis` on, the last alone by default. */
const norm: Rule = (node, axis, shapes) =>
  integerAttributeOr(node, 'axis', -1) === -1 && axis !== -1 ? broadcastReads(node, axis, shapes, [0]) : null

const matMul: Rule = (node, axis, shapes) => {
  if (axis === -1 || turnsLeft(node) || turnsBatches(node)) return null
  return broadcastReads(node, axis, shapes, axis === -2 ? [0] : [0, 1])
}

const exceptLast =
  (places: readonly number[]): Rule =>
  (node, axis, shapes) =>
    axis === -1 ? null : broadcastReads(node, axis, shapes, [...places])

/** Reversed axes (no `perm`) are left alone. */
const transpose: Rule = (node, axis, shapes) => {
  const rank = rankOfFirst(node, shapes)
  const from = rank === null ? undefined : integersAttribute(node, 'perm')?.[rank + axis]
  return rank === null || from === undefined ? null : rowsOfFirst(node, from - rank, shapes)
}

const unsqueeze: Rule = (node, axis, shapes) => {
  const rank = rankOfFirst(node, shapes)
  const axes = axesOf(node, 1, shapes.valuesOf)
  if (rank === null || axes === null) return null
  const inserted = axes.map((place) => fromEnd(place, rank + axes.length))
  const behind = inserted.filter((place) => place > axis).length
  return inserted.includes(axis) ? null : rowsOfFirst(node, axis + behind, shapes)
}

/** What is joined along another axis has the rows in all parts. */
const concat: Rule = (node, axis, shapes) => {
  const rank = rankOfFirst(node, shapes)
  if (rank === null || fromEnd(integerAttributeOr(node, 'axis', 0), rank) === axis) return null
  const plan = broadcastReads(node, axis, shapes)
  return plan?.reads.size === node.input.length ? plan : null
}

/** Default axes are those of the ONNX operator specification. */
const rules: Readonly<Record<RowRule, Rule>> = {
  elementwise: broadcastReads,
  norm,
  skipNorm: exceptLast([0, 1]),
  softmax: alongAttribute(-1),
  split: alongAttribute(0),
  reduce,
  matMul,
  quantisedMatMul: exceptLast([0]),
  slice: axesInput(3),
  transpose,
  unsqueeze,
  concat,
  reshape: reshapeRows,
  rotary: rotaryRows,
}
