import type { NodeProto } from 'onnx-buf'
import { inputOf, outputOf, requiredInputOf } from '../onnx/node.ts'
import type { OnnxGraph } from '../onnx/onnx-graph.ts'
import { product } from '../shapes/dimension.ts'
import type { Dimension } from '../shapes/dimension.ts'
import type { Shape } from '../shapes/known.ts'
import type { Shapes } from '../shapes/shapes.ts'
import type { Narrowing } from './row-reads.ts'

/** Heads are split off or merged: allowed when the rows stay an axis of their own and every other size can be written down. */
export function reshapeRows(node: NodeProto, axis: number, shapes: Shapes): Narrowing | null {
  const before = shapes.shapeOf(inputOf(node, 0))
  const after = shapes.shapeOf(outputOf(node))
  if (before === null || after?.at(axis) !== 'new') return null
  const row = after.length + axis
  const from = before.findIndex((size, place) => size === 'new' && sameAround(before, place, after, row))
  const sizes = after.map((size, place) => (place === row ? -1 : written(size, before, place))).filter((size) => size !== null)
  if (from < 0 || sizes.length < after.length) return null
  return { reads: new Map([[0, from - before.length]]), apply: (graph) => reshapeTo(graph, node, sizes) }
}

/** A size as Reshape takes it: a number, 0 for "as in the input at this place", or the place in the input to take it from. */
type Written = number | { readonly from: number }

function written(size: Dimension, before: Shape, place: number): Written | null {
  if (typeof size === 'number') return size
  if (size === before[place]) return 0
  const from = before.indexOf(size)
  return from < 0 ? null : { from }
}

function reshapeTo(graph: OnnxGraph, node: NodeProto, sizes: readonly Written[]): void {
  node.attribute = node.attribute.filter(({ name }) => name !== 'allowzero')
  graph.rewire(node, 1, writeShape(graph, requiredInputOf(node, 0), sizes))
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
