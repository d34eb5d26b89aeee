import { readField } from './field.ts'
import type { Field } from './field.ts'
import { model, node } from './message-kinds.ts'
import type { MessageKind } from './message-kinds.ts'
import { Refused } from './refusal.ts'
import type { Walk } from './walk.ts'
import { delimited, varintBytes } from './wire.ts'

/** The bytes of a model without its weights, which become references into the file. */
export function copyStructure(walk: Walk): Uint8Array {
  const parts = copyMessage(walk, model, 0, walk.size, 0)
  // A plain array: a Buffer's slices share memory, and so would every tensor read from it.
  return new Uint8Array(Buffer.concat(parts))
}

function copyMessage(walk: Walk, kind: MessageKind, start: number, end: number, depth: number): Uint8Array[] {
  if (depth > walk.limits.depth) throw new Refused('unsafe', `is nested deeper than ${walk.limits.depth} levels`)
  if (kind === node) walk.count('nodes', 1)
  const parts: Uint8Array[] = []
  let copied = start
  let reference: Uint8Array | null = null
  for (let at = start; at < end;) {
    const field = readField(walk, at, end)
    const instead = replacement(walk, kind, field, depth)
    if (instead !== null) {
      parts.push(...walk.take(copied, at))
      copied = field.end
      if (instead === 'reference') reference = externalReference(walk.location, field.body, field.end - field.body)
      else parts.push(...instead)
    }
    at = field.end
  }
  parts.push(...walk.take(copied, end))
  if (reference !== null) parts.push(reference)
  return parts
}

/** What stands for a field in the structure; `null` for the field itself. */
function replacement(walk: Walk, kind: MessageKind, field: Field, depth: number): Uint8Array[] | 'reference' | null {
  if (kind.dropped?.includes(field.number) === true) return []
  if (kind.numbers?.includes(field.number) === true) walk.count('numbers', field.end - field.body)
  if (field.length === null) return null
  const inner = kind.inner?.[field.number]?.()
  if (inner !== undefined) return delimited(field.number, copyMessage(walk, inner, field.body, field.end, depth + 1))
  return field.number === kind.weights && field.length >= walk.limits.inline ? 'reference' : null
}

/** A tensor's reference to its bytes (onnx.proto: external_data 13 with key 1 and value 2, data_location 14). */
function externalReference(location: string, offset: number, length: number): Uint8Array {
  const entry = (key: string, value: string): Uint8Array =>
    Buffer.concat(delimited(13, [...delimited(1, [Buffer.from(key)]), ...delimited(2, [Buffer.from(value)])]))
  const external = Buffer.concat([varintBytes(14 * 8), varintBytes(1)])
  return Buffer.concat([entry('location', location), entry('offset', String(offset)), entry('length', String(length)), external])
}
