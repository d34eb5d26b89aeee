import type { NodeProto } from 'onnx-buf'
import { difference } from './dimension.ts'
import type { Dimension } from './dimension.ts'
import { axisFromStart, inputShape, inputValues, plainNumbers, sizeAt } from './known.ts'
import type { Known, Shape } from './known.ts'

/** An end from here on means the end of the axis, whatever its size. */
const beyondAnyEnd = 2 ** 31 - 1

/** Sizes of a slice. Axes are the first ones in order, and steps 1, where they are not given (ONNX, Slice). */
export function sliceSizes(node: NodeProto, known: Known): Shape | null {
  const shape = inputShape(node, 0, known)
  const [starts, ends, axes, steps] = [1, 2, 3, 4].map((place) => plainNumbers(inputValues(node, place, known)))
  if (shape === null) return null
  if (!starts || !ends) return shape.map(() => known.fresh())
  return starts.reduce<Shape>((sizes, start, index) => {
    const axis = axisFromStart(node, axes ? sizeAt(node, axes, index) : index, shape.length)
    const cut = { start, end: sizeAt(node, ends, index), step: steps ? sizeAt(node, steps, index) : 1 }
    return sizes.with(axis, slicedSize(sizeAt(node, shape, axis), cut) ?? known.fresh())
  }, shape)
}

interface Cut {
  readonly start: number
  readonly end: number
  readonly step: number
}

function slicedSize(size: Dimension, { start, end, step }: Cut): Dimension | null {
  if (typeof size === 'string') {
    if (start !== 0 || step !== 1) return null
    return end < 0 ? difference(size, -end) : end >= beyondAnyEnd ? size : null
  }
  if (step < 1) return null
  const clamp = (place: number): number => Math.min(size, Math.max(0, place < 0 ? place + size : place))
  return Math.max(0, Math.ceil((clamp(end) - clamp(start)) / step))
}
