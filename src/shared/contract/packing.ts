import { fail } from './failure.ts'

/** Media type of packed values. */
export const packedType = 'application/x-whence-packed'

/** Longest header read unless the caller says otherwise, in bytes: far above any explanation's text. */
const longestHeader = 64 * 1024 * 1024
/** Deepest nesting written or read. */
const deepest = 100
/** "WPK1" in little-endian order. */
const magic = 0x314b5057
/** Every section of bytes starts at a multiple of this. */
const alignment = 8

type Bytes = Float32Array | Uint8Array | BigInt64Array
const sizes = { f32: 4, u8: 1, i64: 8 } as const
type Kind = keyof typeof sizes

/** Values that JSON has no word for, by the word used here. */
const words: ReadonlyMap<string, number | undefined> = new Map([
  ['undefined', undefined],
  ['NaN', NaN],
  ['-0', -0],
  ['Infinity', Infinity],
  ['-Infinity', -Infinity],
])

/**
 * Writes a value with its typed arrays as bytes: 8 bytes of magic and header length, a header in JSON (ASCII only, so that unpaired surrogates
 * survive), then the arrays' little-endian bytes in the order of the header, each aligned to 8. In the header `{"$": word}` stands for a number JSON
 * has no word for or for `undefined`, `{"$": "f32", "n": length}` for an array, `{"$": "object", "of": entries}` for an object that has a key `$`.
 * Takes null, booleans, numbers, strings, undefined, arrays, plain objects, Float32Array, Uint8Array and BigInt64Array.
 * @throws TypeError for anything else, and for cycles
 */
export function pack(value: unknown): Uint8Array {
  const sections: Bytes[] = []
  const header = JSON.stringify(written(value, sections, 0)).replace(/[^ -~]/g, escaped)
  const size = sections.reduce((end, section) => aligned(end) + section.byteLength, 8 + header.length)
  const packed = new Uint8Array(size)
  const numbers = new DataView(packed.buffer)
  numbers.setUint32(0, magic, true)
  numbers.setUint32(4, header.length, true)
  for (let index = 0; index < header.length; index++) packed[8 + index] = header.charCodeAt(index)
  let end = 8 + header.length
  for (const section of sections) {
    const start = aligned(end)
    // Every machine that ONNX Runtime runs on is little-endian.
    packed.set(new Uint8Array(section.buffer, section.byteOffset, section.byteLength), start)
    end = start + section.byteLength
  }
  return packed
}

/**
 * Reads what {@link pack} wrote; every array is a copy of its own. Memory stays within a small multiple of the bytes given.
 * @param headerLimit longest header read, in bytes
 * @throws `data-damaged` when the bytes are anything else
 */
export function unpack(bytes: Uint8Array, headerLimit: number = longestHeader): unknown {
  if (bytes.length < 8) return damaged('it is cut short')
  const numbers = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (numbers.getUint32(0, true) !== magic) return damaged('it is not a packed value')
  const length = numbers.getUint32(4, true)
  if (length > bytes.length - 8) return damaged('it is cut short')
  if (length > headerLimit) return damaged('its header is too long')
  const sections = new Sections(bytes, 8 + length)
  const value = read(parsed(bytes.subarray(8, 8 + length)), sections, 0)
  if (sections.end !== bytes.length) return damaged('it does not end where it should')
  return value
}

function damaged(reason: string): never {
  return fail('data-damaged', { reason })
}

function aligned(end: number): number {
  return Math.ceil(end / alignment) * alignment
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
}

function written(value: unknown, sections: Bytes[], depth: number): unknown {
  if (depth > deepest) throw new TypeError('a value to be packed is too deep or has a cycle')
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value
  if (typeof value === 'number' || value === undefined) return writtenNumber(value)
  if (typeof value !== 'object') throw new TypeError(`a ${typeof value} cannot be packed`)
  const kind = kindOf(value)
  if (kind !== null) {
    sections.push(value as Bytes)
    return { $: kind, n: (value as Bytes).length }
  }
  if (Array.isArray(value)) return Array.from(value, (item: unknown) => written(item, sections, depth + 1))
  return writtenObject(value, sections, depth)
}

function writtenNumber(value: number | undefined): unknown {
  if (value === undefined || !Number.isFinite(value)) return { $: String(value) }
  return Object.is(value, -0) ? { $: '-0' } : value
}

function writtenObject(value: object, sections: Bytes[], depth: number): unknown {
  const prototype: unknown = Object.getPrototypeOf(value)
  if (prototype !== null && Object.getPrototypeOf(prototype) !== null) throw new TypeError('only plain objects can be packed')
  const entries = Object.entries(value).map(([key, item]) => [key, written(item, sections, depth + 1)] as const)
  return Object.hasOwn(value, '$') ? { $: 'object', of: entries } : Object.fromEntries(entries)
}

function kindOf(value: object): Kind | null {
  if (value instanceof Float32Array) return 'f32'
  if (value instanceof Uint8Array) return 'u8'
  return value instanceof BigInt64Array ? 'i64' : null
}

function parsed(header: Uint8Array): unknown {
  const pieces: string[] = []
  for (let start = 0; start < header.length; start += 4096) {
    const piece = header.subarray(start, start + 4096)
    if (piece.some((byte) => byte >= 128)) return damaged('its header is not ASCII')
    pieces.push(String.fromCharCode(...piece))
  }
  try {
    return JSON.parse(pieces.join('')) as unknown
  } catch {
    return damaged('its header is not JSON')
  }
}

function read(node: unknown, sections: Sections, depth: number): unknown {
  if (depth > deepest) return damaged('it is nested too deeply')
  if (node === null || typeof node !== 'object') return node
  if (Array.isArray(node)) return node.map((item: unknown) => read(item, sections, depth + 1))
  if (Object.hasOwn(node, '$')) return readSpecial(node as Special, sections, depth)
  return readEntries(Object.entries(node), sections, depth)
}

interface Special {
  readonly $: unknown
  readonly n?: unknown
  readonly of?: unknown
}

function readSpecial({ $: word, n: length, of: entries }: Special, sections: Sections, depth: number): unknown {
  if (word === 'f32' || word === 'u8' || word === 'i64') return sections.next(word, length)
  if (word === 'object' && Array.isArray(entries) && entries.every(isEntry)) return readEntries(entries, sections, depth)
  if (typeof word === 'string' && words.has(word)) return words.get(word)
  return damaged('its header has an unknown word')
}

/** `Object.fromEntries` makes `__proto__` a key like any other. */
function readEntries(entries: readonly (readonly [string, unknown])[], sections: Sections, depth: number): object {
  return Object.fromEntries(entries.map(([key, item]) => [key, read(item, sections, depth + 1)] as const))
}

function isEntry(entry: unknown): entry is [string, unknown] {
  return Array.isArray(entry) && entry.length === 2 && typeof entry[0] === 'string'
}

/** The arrays' bytes, handed out in order and once each, so that a short message cannot ask for much memory. */
class Sections {
  readonly #bytes: Uint8Array
  end: number
  constructor(bytes: Uint8Array, end: number) {
    this.#bytes = bytes
    this.end = end
  }

  next(kind: Kind, length: unknown): Bytes {
    const start = aligned(this.end)
    const room = this.#bytes.length - start
    if (typeof length !== 'number' || !Number.isInteger(length) || length < 0) return damaged('an array has no length')
    if (length * sizes[kind] > room) return damaged('it is cut short')
    this.end = start + length * sizes[kind]
    const { buffer } = new Uint8Array(this.#bytes.subarray(start, this.end))
    if (kind === 'u8') return new Uint8Array(buffer)
    return kind === 'f32' ? new Float32Array(buffer) : new BigInt64Array(buffer)
  }
}
