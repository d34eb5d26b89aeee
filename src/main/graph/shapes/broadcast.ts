import type { NodeProto } from 'onnx-buf'
import { element } from '../../../shared/values/element.ts'
import type { Dimension } from './dimension.ts'
import type { Known, Shape } from './known.ts'

/** Sizes of the output of an operator that works element by element; `null` where an input is unknown. */
export function broadcast(node: NodeProto, known: Known): Shape | null {
  const shapes = node.input.map((tensor) => known.shape(tensor))
  return shapes.every((shape) => shape !== null) ? broadcastShapes(shapes, known) : null
}

/** The sizes that tensors take together (ONNX, multidirectional broadcasting). */
export function broadcastShapes(shapes: readonly Shape[], known: Pick<Known, 'fresh'>): Shape {
  const rank = Math.max(...shapes.map((shape) => shape.length))
  return Array.from({ length: rank }, (_, axis) => {
    // An axis that a tensor does not have counts as one of 1.
    const sizes = shapes.filter((shape) => shape.length >= rank - axis).map((shape) => element(shape, axis - rank + shape.length))
    return commonSize([...new Set(sizes.filter((size) => size !== 1))], known)
  })
}

/** A size above 1 decides; of two names one may stand for 1, so nothing is known. */
function commonSize(sizes: readonly Dimension[], known: Pick<Known, 'fresh'>): Dimension {
  const [first, second] = sizes
  if (first === undefined) return 1
  return second === undefined ? first : (sizes.find((size) => typeof size === 'number') ?? known.fresh())
}
