import type { NodeProto } from 'onnx-buf'
import { inputOf, notGiven } from '../onnx/node.ts'
import { isContributed } from '../operators.ts'
import type { Shapes } from '../shapes/shapes.ts'
import { broadcastReads, withReads } from './row-reads.ts'
import type { Narrowing } from './row-reads.ts'

/**
 * A rotation takes its angles by position ids, `[batch, new]`, or, in the standard's operator without ids, position by position from its tables.
 * ONNX Runtime's has the ids as its second input (1) and always, the standard's as its fourth (3) after the tables (1, 2).
 */
export function rotaryRows(node: NodeProto, axis: number, shapes: Shapes): Narrowing | null {
  const rows = axis === -2 ? broadcastReads(node, -2, shapes, [0]) : null
  if (rows === null) return null
  const idsPlace = isContributed(node, 'RotaryEmbedding') ? 1 : 3
  const ids = inputOf(node, idsPlace)
  if (ids !== notGiven) return areIds(ids, shapes) ? withReads(rows, [idsPlace], -1) : null
  return idsPlace === 3 && [1, 2].every((place) => isTable(inputOf(node, place), shapes)) ? withReads(rows, [1, 2], -2) : null
}

/** Whether each row of the batch has its own position ids, `[batch, new]`. */
function areIds(tensor: string, shapes: Shapes): boolean {
  const shape = shapes.shapeOf(tensor)
  return shape?.length === 2 && shape[1] === 'new'
}

/** Whether the sines or cosines are given position by position, `[batch, new, size]`. */
function isTable(tensor: string, shapes: Shapes): boolean {
  const shape = shapes.shapeOf(tensor)
  return shape?.length === 3 && shape[1] === 'new'
}
