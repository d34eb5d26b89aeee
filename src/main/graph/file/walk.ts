import { readSync } from 'node:fs'
import { Refused } from './refusal.ts'

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

/** The bounds that Whence sets. */
export const bounds: SkimLimits = {
  file: 2 ** 31,
  structure: 64 * 2 ** 20,
  depth: 64,
  nodes: 200_000,
  fields: 3_000_000,
  numbers: 8 * 2 ** 20,
  inline: 1024,
}

const tooMuch = {
  nodes: 'has too many nodes',
  fields: 'has too many parts',
  numbers: 'holds its weights as lists of numbers',
  structure: 'holds too much beside its weights',
} as const

/** A window that slides over the file; what lies outside the structure is skipped, never read whole. */
export class Walk {
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

/** Why a file is not taken that is no well-formed message. */
export function damaged(): Refused {
  return new Refused('invalid', 'is damaged or no ONNX model')
}
