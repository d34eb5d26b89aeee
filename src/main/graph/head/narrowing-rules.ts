import type { NodeProto } from 'onnx-buf'
import { product } from '../shapes/dimension.ts'
import type { OnnxGraph } from '../file/onnx-graph.ts'
import { integerAttribute, integersAttribute, isContributed } from '../file/protobuf.ts'
import type { Shape, Shapes } from '../shapes/shapes.ts'

/** How an operator makes only some rows of its output: which inputs it then reads in part, along which axis (from the last, -1). */
export interface Narrowing {
  readonly reads: ReadonlyMap<number, number>
  /** What else must change in the operator. */
  readonly apply?: (graph: OnnxGraph) => void
}

/**
 * How the operator makes only some rows along `axis` of its outputs; `null` when rows mix there, or when sizes are not known well
 * enough to be sure.
 */
export function narrowing(node: NodeProto, axis: number, shapes: Shapes): Narrowing | null {
  if (node.domain !== '' && node.domain !== 'com.microsoft') return null
  return rules[node.opType]?.(node, axis, shapes) ?? null
}

type Rule = (node: NodeProto, axis: number, shapes: Shapes) => Narrowing | null

/** Reads of the inputs in `places` (all by default) under broadcasting: an input without rows, or with one row for all, is read whole. */
function broadcastReads(node: NodeProto, axis: number, shapes: Shapes, places = node.input.keys().toArray()): Narrowing | null {
  const reads = new Map<number, number>()
  for (const place of places) {
    const tensor = node.input[place] ?? ''
    if (tensor === '') continue
    const shape = shapes.shapeOf(tensor)
    if (shape === null) return null
    const size = shape.at(axis)
    if (shape.length < -axis || size === 1) continue
    if (size !== 'new') return null
    reads.set(place, axis)
  }
  return reads.size === 0 ? null : { reads }
}

const elementwise: Rule = (node, axis, shapes) => broadcastReads(node, axis, shapes)

/** Operators that work on the first input, row by row unless the row axis is theirs. */
const firstInput =
  (ownAxes: (node: NodeProto, shapes: Shapes) => readonly number[] | null): Rule =>
  (node, axis, shapes) => {
    const rank = shapes.shapeOf(node.input[0] ?? '')?.length
    const own = ownAxes(node, shapes)
    if (rank === undefined || own === null || own.some((taken) => (taken < 0 ? taken : taken - rank) === axis)) return null
    return broadcastReads(node, axis, shapes, [0])
  }

const alongAttribute = (missing: number): Rule => firstInput((node) => [integerAttribute(node, 'axis', missing)])

/** A norm takes all axes from `axis` on. */
const norm: Rule = (node, axis, shapes) =>
  integerAttribute(node, 'axis', -1) === -1 && axis !== -1 ? broadcastReads(node, axis, shapes, [0]) : null

const axesInput =
  (place: number): Rule =>
  (node, axis, shapes) =>
    firstInput(() => integersAttribute(node, 'axes') ?? numbers(shapes.valuesOf(node.input[place] ?? '')))(node, axis, shapes)

const matMul: Rule = (node, axis, shapes) => {
  if (integerAttribute(node, 'transA', 0) === 1 || integerAttribute(node, 'transBatchA', 0) === 1) return null
  if (axis === -2) return broadcastReads(node, axis, shapes, [0])
  return axis < -2 ? broadcastReads(node, axis, shapes, [0, 1]) : null
}

const transpose: Rule = (node, axis, shapes) => {
  const rank = shapes.shapeOf(node.input[0] ?? '')?.length
  const order = integersAttribute(node, 'perm')
  const from = rank === undefined ? undefined : order?.[rank + axis]
  return rank === undefined || from === undefined ? null : rowsOf(node, from - rank, shapes)
}

const unsqueeze: Rule = (node, axis, shapes) => {
  const shape = shapes.shapeOf(node.input[0] ?? '')
  const axes = integersAttribute(node, 'axes') ?? numbers(shapes.valuesOf(node.input[1] ?? ''))
  if (shape === null || axes === null) return null
  const rank = shape.length + axes.length
  const inserted = axes.map((place) => (place < 0 ? place : place - rank))
  return inserted.includes(axis) ? null : rowsOf(node, axis + inserted.filter((place) => place > axis).length, shapes)
}

/** The rows of the first input along an axis of its own. */
function rowsOf(node: NodeProto, axis: number, shapes: Shapes): Narrowing | null {
  return axis < 0 && shapes.shapeOf(node.input[0] ?? '')?.at(axis) === 'new' ? { reads: new Map([[0, axis]]) } : null
}

const concat: Rule = (node, axis, shapes) => {
  const rank = shapes.shapeOf(node.input[0] ?? '')?.length
  if (rank === undefined) return null
  const joined = integerAttribute(node, 'axis', 0)
  const plan = (joined < 0 ? joined : joined - rank) === axis ? null : broadcastReads(node, axis, shapes)
  return plan?.reads.size === node.input.length ? plan : null
}

/** Heads are split off or merged: allowed when the rows stay an axis of their own and every other size can be written down. */
const reshape: Rule = (node, axis, shapes) => {
  const before = shapes.shapeOf(node.input[0] ?? '')
  const after = shapes.shapeOf(node.output[0] ?? '')
  if (before === null || after?.at(axis) !== 'new') return null
  const row = after.length + axis
  const from = before.findIndex((size, place) => size === 'new' && sameAround(before, place, after, row))
  const sizes = after.map((size, place) => (place === row ? -1 : written(size, before, place)))
  if (from < 0 || sizes.some((size) => size === null)) return null
  const apply = (graph: OnnxGraph): void => {
    node.attribute = node.attribute.filter(({ name }) => name !== 'allowzero')
    graph.rewire(node, 1, writeShape(graph, node.input[0] ?? '', sizes as readonly Written[]))
  }
  return { reads: new Map([[0, from - before.length]]), apply }
}

/** A size as Reshape takes it: a number, 0 for "as in the input at this place", or the place in the input to take it from. */
type Written = number | { readonly from: number }

function written(size: Shape[number], before: Shape, place: number): Written | null {
  if (typeof size === 'number') return size
  if (size === before[place]) return 0
  const from = before.indexOf(size)
  return from < 0 ? null : { from }
}

function writeShape(graph: OnnxGraph, input: string, sizes: readonly Written[]): string {
  if (sizes.every((size) => typeof size === 'number')) return graph.integers(sizes)
  const shape = graph.add('Shape', [input])
  const parts = sizes.map((size) =>
    typeof size === 'number' ? graph.integers([size]) : graph.add('Gather', [shape, graph.integers([size.from])]),
  )
  return graph.add('Concat', parts, { attributes: { axis: 0 } })
}

function sameAround(before: Shape, from: number, after: Shape, to: number): boolean {
  const same = (left: Shape, right: Shape): boolean => product(left) === product(right)
  return same(before.slice(0, from), after.slice(0, to)) && same(before.slice(from + 1), after.slice(to + 1))
}

const rotary: Rule = (node, axis, shapes) => {
  if (axis !== -2) return null
  const [positions, tables] = isContributed(node, 'RotaryEmbedding') ? [1, []] : [3, [1, 2]]
  const rows = broadcastReads(node, -2, shapes, [0])
  const tensor = node.input[positions] ?? ''
  if (rows === null) return null
  if (tensor === '')
    return tables.length > 0 && tables.every((place) => isTable(node, place, shapes)) ? withReads(rows, tables, -2) : null
  return shapes.shapeOf(tensor)?.length === 2 && shapes.shapeOf(tensor)?.at(-1) === 'new'
    ? withReads(rows, [positions], -1)
    : null
}

/** Whether the sines or cosines are given position by position, `[batch, new, size]`. */
function isTable(node: NodeProto, place: number, shapes: Shapes): boolean {
  const shape = shapes.shapeOf(node.input[place] ?? '')
  return shape?.length === 3 && shape[1] === 'new'
}

function withReads({ reads }: Narrowing, places: readonly number[], axis: number): Narrowing {
  return { reads: new Map([...reads, ...places.map((place) => [place, axis] as const)]) }
}

function numbers(values: Shape | null): number[] | null {
  return values?.every((value) => typeof value === 'number') === true ? [...values] : null
}

const rules: Readonly<Record<string, Rule>> = {
  ...named(elementwise, [
    'Add Sub Mul Div Pow Where Max Min Sum And Or Xor Less LessOrEqual Greater GreaterOrEqual Equal Mod',
    'Cast Identity Tanh Sigmoid Gelu FastGelu QuickGelu BiasGelu Relu Erf Sqrt Reciprocal Neg Exp Log Abs Not IsNaN Clip Sin Cos Softplus',
    'Elu LeakyRelu HardSigmoid HardSwish Mish Swish',
  ]),
  ...named(norm, ['LayerNormalization RMSNormalization SimplifiedLayerNormalization']),
  ...named(
    (node, axis, shapes) => (axis === -1 ? null : broadcastReads(node, axis, shapes, [0, 1])),
    ['SkipLayerNormalization SkipSimplifiedLayerNormalization'],
  ),
  ...named(alongAttribute(-1), ['Softmax LogSoftmax']),
  ...named(alongAttribute(0), ['Split']),
  ...named(axesInput(1), ['ReduceMin ReduceMax ReduceMean ReduceSum ReduceSumSquare ReduceL2 ReduceLogSumExp']),
  ...named(matMul, ['MatMul FusedMatMul']),
  MatMulNBits: (node, axis, shapes) => (axis === -1 ? null : broadcastReads(node, axis, shapes, [0])),
  Slice: axesInput(3),
  Transpose: transpose,
  Unsqueeze: unsqueeze,
  Concat: concat,
  Reshape: reshape,
  RotaryEmbedding: rotary,
}

function named(rule: Rule, lists: readonly string[]): Record<string, Rule> {
  return Object.fromEntries(lists.flatMap((list) => list.split(' ')).map((opType) => [opType, rule]))
}
