import type { NodeProto } from 'onnx-buf'
import { element } from '../../../shared/values/element.ts'
import { integerAttributeOr } from '../onnx/node.ts'
import { operatorOf } from '../operators.ts'
import type { ContentRule } from '../operators.ts'
import { difference, product, quotient, sum } from './dimension.ts'
import type { Dimension } from './dimension.ts'
import { inputShape, inputValues, plainNumbers } from './known.ts'
import type { Known, Shape } from './known.ts'

/** Content of the first output, where it is a small tensor that stands for sizes; `null` where it is unknown. */
export function contentOf(node: NodeProto, known: Known): Shape | null {
  const { content } = operatorOf(node)
  return content === undefined ? null : rules[content](node, known)
}

type Rule = (node: NodeProto, known: Known) => Shape | null

/** Start and end default to all axes (ONNX, Shape). */
const shape: Rule = (node, known) => {
  const sizes = inputShape(node, 0, known)
  if (sizes === null) return null
  return sizes.slice(integerAttributeOr(node, 'start', 0), integerAttributeOr(node, 'end', sizes.length))
}

const gather: Rule = (node, known) => {
  const values = inputValues(node, 0, known)
  const places = plainNumbers(inputValues(node, 1, known))
  const picked = places?.map((place) => values?.at(place))
  return picked?.every((value) => value !== undefined) === true ? picked : null
}

/** One piece without gaps. */
const slice: Rule = (node, known) => {
  const values = inputValues(node, 0, known)
  const [starts, ends, steps] = [1, 2, 4].map((place) => plainNumbers(inputValues(node, place, known)))
  // Steps are 1 where they are not given (ONNX, Slice).
  const isPlain = starts?.length === 1 && ends?.length === 1 && (!steps || steps[0] === 1)
  return values !== null && isPlain ? values.slice(Math.max(element(starts, 0), -values.length), ends[0]) : null
}

const concat: Rule = (node, known) => {
  const parts = node.input.map((tensor) => known.values(tensor))
  return parts.every((part) => part !== null) ? parts.flat() : null
}

const elementwise =
  (combine: (left: Dimension, right: Dimension) => Dimension | null): Rule =>
  (node, known) => {
    const [left, right] = [inputValues(node, 0, known), inputValues(node, 1, known)]
    if (left === null || right === null || (left.length !== right.length && left.length !== 1 && right.length !== 1)) return null
    const at = (values: Shape, place: number): Dimension => element(values, values.length === 1 ? 0 : place)
    const length = left.length === 1 ? right.length : left.length
    const results = Array.from({ length }, (_, place) => combine(at(left, place), at(right, place)))
    return results.every((result) => result !== null) ? results : null
  }

const rules: Readonly<Record<ContentRule, Rule>> = {
  first: (node, known) => inputValues(node, 0, known),
  shape,
  gather,
  slice,
  concat,
  sum: elementwise(sum),
  difference: elementwise(difference),
  product: elementwise((left, right) => product([left, right])),
  quotient: elementwise(quotient),
}
