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

/** The bank of one picture under one suppression: its rows, cut into chunks, some or all of them kept. */
export interface BankEntry {
  readonly chunks: readonly PlannedChunk[]
  readonly kept: Map<number, BankChunk>
}

/**
 * Keys and values of suppressed pictures, kept within a memory limit, the least recently used picture going first. They depend on model, picture
 * and suppression, never on the text after them: whoever asks puts all of these into the key.
 */
export class ImageBank {
  readonly #limit: number
  readonly #entries = new Map<string, BankEntry>()

  /** @param limit most bytes to keep; 0 keeps nothing */
  constructor(limit: number) {
    this.#limit = limit
  }

  /** Whether that many bytes could be kept if everything else went. */
  fits(bytes: number): boolean {
    return bytes <= this.#limit
  }

  /** The entry of a key, made from `plan` when it is new; it counts as used now. */
  entry(key: string, plan: () => readonly PlannedChunk[]): BankEntry {
    const found = this.#entries.get(key) ?? { chunks: plan(), kept: new Map<number, BankChunk>() }
    this.#entries.delete(key)
    this.#entries.set(key, found)
    return found
  }

  /** Keeps a chunk when it fits, after others' entries have made room; an entry never evicts its own chunks. */
  keep(key: string, index: number, chunk: BankChunk): void {
    const entry = this.#entries.get(key)
    if (entry === undefined) return
    const needed = chunkBytes(chunk)
    for (const [other, { kept }] of this.#entries) {
      if (this.bytes + needed <= this.#limit) break
      if (other === key) continue
      kept.clear()
      this.#entries.delete(other)
    }
    if (this.bytes + needed <= this.#limit) entry.kept.set(index, chunk)
  }

  /** Memory taken now, in bytes. */
  get bytes(): number {
    let sum = 0
    for (const { kept } of this.#entries.values()) for (const chunk of kept.values()) sum += chunkBytes(chunk)
    return sum
  }

  /** Forgets everything. */
  clear(): void {
    this.#entries.clear()
  }
}

function chunkBytes({ keyValues, lastLogits }: BankChunk): number {
  return byteLength(keyValues) + lastLogits.byteLength
}
