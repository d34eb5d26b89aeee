import { LRUCache } from 'lru-cache'
import type { PlannedBatch } from '../../../shared/atman/sweep-plan.ts'
import type { KeyValues } from '../runtime/key-values.ts'
import { byteLength } from '../runtime/key-values.ts'

/** What the text after a picture needs to know of some suppressed rows of it. */
export interface BankChunk {
  /** Keys and values of the picture's positions in each row. */
  readonly keyValues: KeyValues
  /** Scores of the whole vocabulary at the picture's last position, `[rows, vocabulary]`: they predict the first prompt token. */
  readonly lastLogits: Float32Array
}

/** Rows of the bank that are used together, computed part by part: parts are small so that they stay in the processor's caches. */
export interface PlannedChunk {
  readonly rows: readonly number[]
  readonly parts: readonly PlannedBatch[]
}

/** Plans remembered; one is a few kilobytes. */
const keptPlans = 64

/**
 * Keys and values of suppressed pictures, kept within a memory limit, the least recently used chunks going first. They depend on model, picture
 * and suppression, never on the text after them: whoever asks puts all of these into the key.
 */
export class ImageBank {
  readonly #limit: number
  readonly #plans = new LRUCache<string, readonly PlannedChunk[]>({ max: keptPlans })
  readonly #chunks: LRUCache<string, BankChunk>

  /** @param limit most bytes to keep; 0 keeps nothing */
  constructor(limit: number) {
    this.#limit = limit
    // The library wants a limit above 0; no chunk is as small as one byte.
    this.#chunks = new LRUCache({ maxSize: Math.max(1, limit), sizeCalculation: chunkBytes })
  }

  /** Whether that many bytes could be kept if everything else went. */
  fits(bytes: number): boolean {
    return bytes <= this.#limit
  }

  /** How the rows of a key are cut into chunks; `plan` is asked when that is not known. */
  plan(key: string, plan: () => readonly PlannedChunk[]): readonly PlannedChunk[] {
    const chunks = this.#plans.get(key) ?? plan()
    this.#plans.set(key, chunks)
    return chunks
  }

  /** Whether a chunk is kept; looking is not using. */
  has(key: string, index: number): boolean {
    return this.#chunks.has(chunkKey(key, index))
  }

  /** A chunk that is kept, used now; `null` when it is not. */
  chunk(key: string, index: number): BankChunk | null {
    return this.#chunks.get(chunkKey(key, index)) ?? null
  }

  /** Keeps a chunk after the least recently used ones have made room; one larger than the limit is not kept. */
  keep(key: string, index: number, chunk: BankChunk): void {
    this.#chunks.set(chunkKey(key, index), chunk)
  }

  /** Memory taken now, in bytes. */
  get bytes(): number {
    return this.#chunks.calculatedSize
  }

  /** Forgets everything. */
  clear(): void {
    this.#plans.clear()
    this.#chunks.clear()
  }
}

function chunkKey(key: string, index: number): string {
  return `${index} ${key}`
}

function chunkBytes({ keyValues, lastLogits }: BankChunk): number {
  return byteLength(keyValues) + lastLogits.byteLength
}
