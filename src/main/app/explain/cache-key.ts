import { createHash } from 'node:crypto'
import type { Provider } from '../../../shared/explanation/parameters.ts'

/**
 * Counts up whenever the engine's numbers change for the same question: then nothing computed before is an answer any more. The test of the stored sample
 * explanation fails when this was forgotten.
 */
const computation = 1

/** What computed a result. */
export interface Computer {
  /** SHA-256 over the model's files; `null` for what needs no model. */
  readonly model: string | null
  /** Two providers round differently. */
  readonly provider: Provider | null
}

/**
 * Name of a result: SHA-256 over everything it depends on, hexadecimal. Two questions that differ in anything have different names.
 * @param question plain data; the order of its fields does not matter
 */
export function cacheKey(kind: string, { model, provider }: Computer, question: object): string {
  return createHash('sha256')
    .update(JSON.stringify(sorted({ kind, computation, model, provider, question })))
    .digest('hex')
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).map(([key, entry]) => [key, sorted(entry)] as const)
  return Object.fromEntries(entries.sort(([one], [other]) => (one < other ? -1 : 1)))
}
