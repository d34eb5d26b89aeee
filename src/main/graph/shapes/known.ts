import type { NodeProto } from 'onnx-buf'
import { inputOf, integersAttribute } from '../onnx/node.ts'
import { Refused } from '../file/refusal.ts'
import type { Dimension } from './dimension.ts'

/** Sizes of a tensor, outermost first; or the content of a small tensor that stands for sizes. */
export type Shape = readonly Dimension[]

/** What rules may ask of the tensors before their node. */
export interface Known {
  /** Sizes of a tensor; `null` where not even their number is known. */
  readonly shape: (tensor: string) => Shape | null
  /** Content of a small integer tensor (rank 0 or 1), as far as it stands for sizes; `null` where unknown. */
  readonly values: (tensor: string) => Shape | null
  /** A size that nothing is known about, equal only to itself. */
  readonly fresh: () => Dimension
}

/** Sizes of an input; `null` where they are unknown or the input is not given. */
export function inputShape(node: NodeProto, place: number, known: Pick<Known, 'shape'>): Shape | null {
  return known.shape(inputOf(node, place))
}

/** Content of an input; `null` where it is unknown or the input is not given. */
export function inputValues(node: NodeProto, place: number, known: Pick<Known, 'values'>): Shape | null {
  return known.values(inputOf(node, place))
}

/** The values where all of them are numbers, else `null`. */
export function plainNumbers(values: Shape | null): number[] | null {
  const numbers = values?.filter((value) => typeof value === 'number')
  return numbers !== undefined && numbers.length === values?.length ? numbers : null
}

/** Axes given as an attribute (older operators) or as the input in `place`; `null` where they are unknown or not given. */
export function axesOf(node: NodeProto, place: number, values: (tensor: string) => Shape | null): number[] | null {
  return integersAttribute(node, 'axes') ?? plainNumbers(values(inputOf(node, place)))
}

/**
 * An axis counted from the first, 0, of one that may be counted from the end.
 * @throws Refused when a tensor of that rank has no such axis
 */
export function axisFromStart({ opType }: NodeProto, axis: number, rank: number): number {
  if (axis < -rank || axis >= rank) throw new Refused('invalid', `gives ${opType} the axis ${axis} of a tensor with ${rank} axes`)
  return axis < 0 ? axis + rank : axis
}

/**
 * One of the sizes or values that an operator asks for.
 * @throws Refused when there are fewer
 */
export function sizeAt<Size extends Dimension>({ opType }: NodeProto, sizes: readonly Size[], place: number): Size {
  const size = sizes.at(place)
  if (size === undefined) throw new Refused('invalid', `gives ${opType} ${sizes.length} sizes where it takes more`)
  return size
}
