import type { NodeProto } from 'onnx-buf'
import { countAttribute, integerAttributeOr } from '../onnx/node.ts'
import { broadcastShapes } from './broadcast.ts'
import { inputShape, sizeAt } from './known.ts'
import type { Known, Shape } from './known.ts'

/** Sizes of a product of matrices, either of them turned over where the node says so (FusedMatMul, Gemm). */
export function matMulSizes(node: NodeProto, known: Known): Shape | null {
  const left = inputShape(node, 0, known)
  const right = inputShape(node, 1, known)
  if (left === null || right === null || left.length < 2 || right.length < 2 || turnsBatches(node)) return null
  const rows = sizeAt(node, left, isTurned(node, 'transA') ? -1 : -2)
  const columns = sizeAt(node, right, isTurned(node, 'transB') ? -2 : -1)
  return [...broadcastShapes([left.slice(0, -2), right.slice(0, -2)], known), rows, columns]
}

/** Whether FusedMatMul moves the first axis of an input to the second last, or the other way round. */
export function turnsBatches(node: NodeProto): boolean {
  return isTurned(node, 'transBatchA') || isTurned(node, 'transBatchB')
}

/** Whether the rows of the left matrix are its columns. */
export function turnsLeft(node: NodeProto): boolean {
  return isTurned(node, 'transA')
}

function isTurned(node: NodeProto, attribute: 'transA' | 'transB' | 'transBatchA' | 'transBatchB'): boolean {
  return integerAttributeOr(node, attribute, 0) === 1
}

/** `N` is the number of columns of the quantised matrix (ContribOperators.md, MatMulNBits). */
export function quantisedMatMulSizes(node: NodeProto, known: Known): Shape | null {
  const shape = inputShape(node, 0, known)
  const columns = countAttribute(node, 'N')
  return shape === null || columns === null ? null : shape.with(-1, columns)
}
