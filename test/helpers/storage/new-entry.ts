import { createHash } from 'node:crypto'
import type { NewEntry } from '../../../src/main/storage/library/history.ts'
import { defaultSampling, defaultSuppression } from '../../../src/shared/explanation/parameters.ts'

/** An entry about no picture; its completion is the hash of its prompt, so that a torn one would show. */
export function newEntry(name: string, change: Partial<NewEntry> = {}): NewEntry {
  return {
    cacheKey: sha256(`key of ${name}`),
    picture: null,
    model: { name: 'whence-scenes', sha256: 'ab'.repeat(32) },
    prompt: name,
    completion: sha256(name),
    question: { target: null, sampling: defaultSampling, suppression: defaultSuppression, targets: 'completion', chunks: null },
    ...change,
  }
}

/** SHA-256 in hexadecimal. */
export function sha256(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex')
}
