import { closeSync, fstatSync, openSync, readSync, statSync } from 'node:fs'
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
  /** Most nodes, inner graphs included. */
  readonly nodes: number
  /** Most fields of all messages together. */
  readonly fields: number
  /** Most bytes of numbers that are not raw data: they take twenty times their size in memory. */
  readonly numbers: number
  /** Raw data of an initializer from this many bytes on stays in the file. */
  readonly inline: number
}

const bounds: SkimLimits = {
  file: 2 ** 31,
  structure: 64 * 2 ** 20,
  depth: 64,
  nodes: 200_000,
  fields: 3_000_000,
  numbers: 8 * 2 ** 20,
  inline: 1024,
}

/**
 * Reads a model file without its weights: raw data of initializers stays where it is and is replaced by a reference
 * (location, offset, length) into the same file, so that a file of any size costs its structure only.
 * @param location name by which ONNX Runtime will find this file in the weights' folder
 * @throws Refused for anything that is not a well-formed, bounded protobuf message
 */
export function skim(file: string, location: string, limits: SkimLimits = bounds): Skimmed {
  const descriptor = openPlainFile(file)
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

function openPlainFile(file: string): number {
  // Opening a pipe would wait for a writer, so the kind is asked first.
  if (!statSync(file).isFile()) throw new Refused('invalid', 'is no plain file')
  try {
    return openSync(file, 'r')
  } catch (error) {
    throw new Refused('invalid', 'cannot be read', error)
  }
}

function decode(structure: Uint8Array): ModelProto {
  try {
    return fromBinary(ModelProtoSchema, structure)
  } catch (error) {
    throw new Refused('invalid', 'is damaged or no ONNX model', error)
  }
}

/** What is done with the fields of a message (numbers of onnx.proto); fields that are not named are copied as they are. */
interface MessageKind {
  /** Messages that are walked in turn. */
  readonly inner?: Readonly<Record<number, () => MessageKind>>
  /** Notes of exporters, and types that ONNX Runtime finds again by itself. */
  readonly dropped?: readonly number[]
  /** Lists of numbers. */
  readonly numbers?: readonly number[]
  /** Raw data that may stay in the file. */
  readonly weights?: number
}
const tensor: MessageKind = { dropped: [12, 16], numbers: [4, 5, 7, 10, 11] }
const initializer: MessageKind = { ...tensor, weights: 9 }
const sparse: MessageKind = { inner: { 1: () => tensor, 2: () => tensor } }
const attribute: MessageKind = {
  inner: { 5: () => tensor, 6: () => graph, 10: () => tensor, 11: () => graph, 22: () => sparse, 23: () => sparse },
  dropped: [13],
  numbers: [7, 8],
}
const node: MessageKind = { inner: { 5: () => attribute }, dropped: [6, 9, 10] }
const graph: MessageKind = { inner: { 1: () => node, 5: () => initializer, 15: () => sparse }, dropped: [10, 13, 14, 16] }
const model: MessageKind = { inner: { 7: () => graph }, dropped: [6, 14, 20, 26] }

function copyStructure(walk: Walk): Uint8Array {
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

interface Field {
  readonly number: number
  /** Bytes of a length-delimited field; `null` for plain numbers. */
  readonly length: number | null
  readonly body: number
  readonly end: number
}

function readField(walk: Walk, at: number, end: number): Field {
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

function damaged(): Refused {
  return new Refused('invalid', 'is damaged or no ONNX model')
}

const tooMuch = {
  nodes: 'has too many nodes',
  fields: 'has too many parts',
  numbers: 'holds its weights as lists of numbers',
  structure: 'holds too much beside its weights',
} as const

/** A window that slides over the file; what lies outside the structure is skipped, never read whole. */
class Walk {
  readonly #descriptor: number
  readonly size: number
  readonly location: string
  readonly limits: SkimLimits
  readonly #window = Buffer.alloc(1 << 16)
  #base = 0
  #filled = 0
  readonly #counts = { nodes: 0, fields: 0, numbers: 0, structure: 0 }

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

  /** Counts against the bounds. */
  count(what: 'nodes' | 'fields' | 'numbers' | 'structure', amount: number): void {
    this.#counts[what] += amount
    if (this.#counts[what] > this.limits[what]) throw new Refused('unsafe', tooMuch[what])
  }

  /** The bytes from `start` to `end`, counted against the bound. */
  take(start: number, end: number): Uint8Array[] {
    const length = end - start
    if (length === 0) return []
    this.count('structure', length)
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
