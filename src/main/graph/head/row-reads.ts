import type { NodeProto } from 'onnx-buf'
import { inputOf, notGiven } from '../onnx/node.ts'
import type { OnnxGraph } from '../onnx/onnx-graph.ts'
import type { Shapes } from '../shapes/shapes.ts'

/** How an operator makes only some rows of its output: which inputs it then reads in part, along which axis (from the last, -1). */
export interface Narrowing {
  readonly reads: ReadonlyMap<number, number>
  /** What else must change in the operator. */
  readonly apply?: (graph: OnnxGraph) => void
}

/** Reads of the inputs in `places` (all by default) under broadcasting: an input without rows, or with one row for all, is read whole. */
export function broadcastReads(
  node: NodeProto,
  axis: number,
  shapes: Shapes,
  places = node.input.keys().toArray(),
): Narrowing | null {
  const reads = new Map<number, number>()
  for (const place of places.filter((input) => inputOf(node, input) !== notGiven)) {
    const shape = shapes.shapeOf(inputOf(node, place))
    if (shape === null) return null
    const size = shape.at(axis)
    if (shape.length < -axis || size === 1) continue
    if (size !== 'new') return null
    reads.set(place, axis)
  }
  return reads.size === 0 ? null : { reads }
}

/** The rows of the first input along an axis of its own. */
export function rowsOfFirst(node: NodeProto, axis: number, shapes: Shapes): Narrowing | null {
  return axis < 0 && shapes.shapeOf(inputOf(node, 0))?.at(axis) === 'new' ? { reads: new Map([[0, axis]]) } : null
}

/** The same with further inputs read in part. */
export function withReads({ reads }: Narrowing, places: readonly number[], axis: number): Narrowing {
  return { reads: new Map([...reads, ...places.map((place) => [place, axis] as const)]) }
}
