import { damaged } from './walk.ts'
import type { Walk } from './walk.ts'

/** A field of a message in the file (protobuf encoding: a tag of number and wire type, then the value). */
export interface Field {
  readonly number: number
  /** Bytes of a length-delimited field; `null` for plain numbers. */
  readonly length: number | null
  readonly body: number
  readonly end: number
}

/**
 * The field that begins at a place of a message.
 * @param end of the message
 * @throws Refused when it is no field, or reaches beyond the message
 */
export function readField(walk: Walk, at: number, end: number): Field {
  walk.count('fields', 1)
  const tag = walk.varint(at, end)
  const number = Math.floor(tag.value / 8)
  if (number === 0) throw damaged()
  const field = fieldBody(walk, tag.value % 8, tag.end, end)
  if (field.end > end) throw damaged()
  return { number, ...field }
}

function fieldBody(walk: Walk, wireType: number, at: number, end: number): Omit<Field, 'number'> {
  switch (wireType) {
    case 0:
      return { length: null, body: at, end: walk.varint(at, end).end }
    case 1:
      return { length: null, body: at, end: at + 8 }
    case 2: {
      const length = walk.varint(at, end)
      return { length: length.value, body: length.end, end: length.end + length.value }
    }
    case 5:
      return { length: null, body: at, end: at + 4 }
    default:
      throw damaged()
  }
}
