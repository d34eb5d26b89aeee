import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import { fromBinary } from '@bufbuild/protobuf'
import { ModelProtoSchema } from 'onnx-buf'
import type { ModelProto } from 'onnx-buf'
import { Refused } from './refusal.ts'

/** The structure of a model file: everything but the weights, which are references into the file. */
export interface Skimmed {
  readonly model: ModelProto
  /** The structure as bytes: two files with equal structure differ in weights only. */
  readonly structure: Uint8Array
  readonly fileSize: number
}

/** Bounds of what is read; a file beyond them is refused. */
export interface SkimLimits {
  /** Largest file, in bytes: protobuf's own bound. */
  readonly file: number
  /** Most bytes taken into memory. */
  readonly structure: number
  /** Deepest nesting of messages. */
  readonly depth: number
  /** Raw data of an initializer from this many bytes on stays in the file. */
  readonly inline: number
}

const bounds: SkimLimits = { file: 2 ** 31, structure: 64 * 2 ** 20, depth: 64, inline: 1024 }

/**
 * Reads a model file without its weights: raw data of initializers stays where it is and is replaced by a reference
 * (location, offset, length) into the same file, so that a file of any size costs its structure only.
 * @param location name by which ONNX Runtime will find this file in the weights' folder
 * @throws Refused for anything that is not a well-formed, bounded protobuf message
 */
export function skim(file: string, location: string, limits: SkimLimits = bounds): Skimmed {
  const descriptor = openSync(file, 'r')
  try {
    const { size } = fstatSync(descriptor)
    if (size > limits.file) throw new Refused('unsafe', 'is larger than 2 GiB')
    if (size === 0) throw new Refused('invalid', 'is empty')
    const structure = copyStructure(new Walk(descriptor, size, location, limits))
    return { model: decode(structure), structure, fileSize: size }
  } finally {
    closeSync(descriptor)
  }
}

function decode(structure: Uint8Array): ModelProto {
  try {
    return fromBinary(ModelProtoSchema, structure)
  } catch (error) {
    throw new Refused('invalid', 'is damaged or no ONNX model', error)
  }
}

/** Messages that are walked, by field number; fields that are not named are copied as they are (onnx.proto). */
interface MessageKind {
  readonly [field: number]: () => MessageKind
}
const tensor: MessageKind = {}
const initializer: MessageKind = {}
const sparse: MessageKind = { 1: () => tensor, 2: () => tensor }
const attribute: MessageKind = {
  5: () => tensor,
  6: () => graph,
  10: () => tensor,
  11: () => graph,
  22: () => sparse,
  23: () => sparse,
}
const node: MessageKind = { 5: () => attribute }
const graph: MessageKind = { 1: () => node, 5: () => initializer, 15: () => sparse }
const model: MessageKind = { 7: () => graph }
const rawDataField = 9

function copyStructure(walk: Walk): Uint8Array {
  const parts = copyMessage(walk, model, 0, walk.size, 0)
  // A plain array: a Buffer's slices share memory, and so would every tensor read from it.
  return new Uint8Array(Buffer.concat(parts))
}

function copyMessage(walk: Walk, kind: MessageKind, start: number, end: number, depth: number): Uint8Array[] {
  if (depth > walk.limits.depth) throw new Refused('unsafe', `is nested deeper than ${walk.limits.depth} levels`)
  const parts: Uint8Array[] = []
  let copied = start
  let reference: Uint8Array | null = null
  for (let at = start; at < end;) {
    const field = readField(walk, at, end)
    const inner = field.length === null ? undefined : kind[field.number]?.()
    const weights = kind === initializer && field.number === rawDataField && (field.length ?? 0) >= walk.limits.inline
    if (inner !== undefined || weights) {
      parts.push(...walk.take(copied, at))
      copied = field.end
      if (weights) reference = externalReference(walk.location, field.body, field.end - field.body)
      else if (inner !== undefined) {
        parts.push(...delimited(field.number, copyMessage(walk, inner, field.body, field.end, depth + 1)))
      }
    }
    at = field.end
  }
  parts.push(...walk.take(copied, end))
  if (reference !== null) parts.push(reference)
  return parts
}

interface Field {
  readonly number: number
  /** Bytes of a length-delimited field; `null` for plain numbers. */
  readonly length: number | null
  readonly body: number
  readonly end: number
}

function readField(walk: Walk, at: number, end: number): Field {
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

function damaged(): Refused {
  return new Refused('invalid', 'is damaged or no ONNX model')
}

/** A window that slides over the file; what lies outside the structure is skipped, never read whole. */
class Walk {
  readonly #descriptor: number
  readonly size: number
  readonly location: string
  readonly limits: SkimLimits
  readonly #window = Buffer.alloc(1 << 16)
  #base = 0
  #filled = 0
  #taken = 0

  constructor(descriptor: number, size: number, location: string, limits: SkimLimits) {
    this.#descriptor = descriptor
    this.size = size
    this.location = location
    this.limits = limits
  }

  varint(at: number, end: number): { value: number; end: number } {
    let value = 0
    for (let index = 0; index < 10; index++) {
      if (at + index >= end) throw damaged()
      const byte = this.#byte(at + index)
      value += (byte & 127) * 2 ** (7 * index)
      if (byte < 128) return { value, end: at + index + 1 }
    }
    throw damaged()
  }

  /** The bytes from `start` to `end`, counted against the bound. */
  take(start: number, end: number): Uint8Array[] {
    const length = end - start
    if (length === 0) return []
    this.#taken += length
    if (this.#taken > this.limits.structure) {
      throw new Refused('unsafe', `holds more than ${this.limits.structure / 2 ** 20} MiB beside its weights`)
    }
    const bytes = Buffer.alloc(length)
    for (let done = 0; done < length;) {
      const read = readSync(this.#descriptor, bytes, done, length - done, start + done)
      if (read === 0) throw damaged()
      done += read
    }
    return [bytes]
  }

  #byte(at: number): number {
    if (at < this.#base || at >= this.#base + this.#filled) {
      this.#base = at
      this.#filled = readSync(this.#descriptor, this.#window, 0, this.#window.length, at)
    }
    const byte = this.#window[at - this.#base]
    if (byte === undefined || this.#filled === 0) throw damaged()
    return byte
  }
}

function externalReference(location: string, offset: number, length: number): Uint8Array {
  const entry = (key: string, value: string): Uint8Array =>
    Buffer.concat(delimited(13, [...delimited(1, [Buffer.from(key)]), ...delimited(2, [Buffer.from(value)])]))
  const external = Buffer.concat([varintBytes(14 * 8), varintBytes(1)])
  return Buffer.concat([entry('location', location), entry('offset', String(offset)), entry('length', String(length)), external])
}

function delimited(field: number, body: readonly Uint8Array[]): Uint8Array[] {
  const length = body.reduce((sum, part) => sum + part.length, 0)
  return [varintBytes(field * 8 + 2), varintBytes(length), ...body]
}

function varintBytes(value: number): Uint8Array {
  const bytes: number[] = []
  for (let rest = value; ; rest = Math.floor(rest / 128)) {
    if (rest < 128) return Uint8Array.from([...bytes, rest])
    bytes.push((rest % 128) + 128)
  }
}
