import { createHash } from 'node:crypto'
import { mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { writeWhole } from '../../files/write-whole.ts'

/** A rewritten graph and what else there is to know about it, as JSON. */
export interface CachedRewrite {
  readonly description: unknown
  readonly bytes: Uint8Array
}

const checksumLength = 32
const prefixLength = checksumLength + 4

/**
 * Name of a rewrite: a hash of everything it depends on. Weights are not among it: the rewrite refers to them by place, and reads
 * whatever lies there, so that hashing gigabytes would change nothing; their places are part of the structure.
 */
export function rewriteKey(parts: readonly (string | Uint8Array)[]): string {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(`${part.length}:`).update(part)
  return hash.digest('hex')
}

/** The rewrite kept under a name; `null` when there is none, or when it cannot be read or is damaged. */
export async function readRewrite(folder: string, key: string): Promise<CachedRewrite | null> {
  const entry = await readFile(join(folder, `${key}.atman`)).catch(() => null)
  if (entry === null || entry.length < prefixLength) return null
  if (!sha256(entry.subarray(checksumLength)).equals(entry.subarray(0, checksumLength))) return null
  const bodyStart = prefixLength + entry.readUInt32LE(checksumLength)
  const description: unknown = JSON.parse(entry.toString('utf8', prefixLength, bodyStart))
  return { description, bytes: new Uint8Array(entry.subarray(bodyStart)) }
}

/** Keeps a rewrite: whole or not at all. A cache that cannot be written costs time only, so nothing is reported. */
export async function writeRewrite(folder: string, key: string, { description, bytes }: CachedRewrite): Promise<void> {
  try {
    await mkdir(folder, { recursive: true })
    await writeWhole(join(folder, `${key}.atman`), entryOf(description, bytes))
  } catch {
    // A cache that cannot be written costs time, nothing else.
  }
}

function entryOf(description: unknown, bytes: Uint8Array): Buffer {
  const header = Buffer.from(JSON.stringify(description))
  const length = Buffer.alloc(4)
  length.writeUInt32LE(header.length)
  const content = Buffer.concat([length, header, bytes])
  return Buffer.concat([sha256(content), content])
}

function sha256(bytes: Uint8Array): Buffer {
  return createHash('sha256').update(bytes).digest()
}
