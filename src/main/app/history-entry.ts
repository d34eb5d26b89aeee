import type { HistoryEntry } from '../../shared/contract/library.ts'
import type { Cache } from '../storage/cache/cache.ts'
import type { KeptEntry } from '../storage/library/history.ts'

/** Lines of the history as windows see them. */
export function historyEntries(entries: readonly KeptEntry[], cache: Cache): HistoryEntry[] {
  const cached = cache.has(
    'explanation',
    entries.map(({ cacheKey }) => cacheKey),
  )
  return entries.map((entry) => describe(entry, cached.has(entry.cacheKey)))
}

/** One line of the history as windows see it. */
export function historyEntry(entry: KeptEntry, cache: Cache): HistoryEntry {
  return describe(entry, cache.has('explanation', [entry.cacheKey]).has(entry.cacheKey))
}

function describe(
  { id, createdAt, pinned, note, picture, model, prompt, completion, question }: KeptEntry,
  cached: boolean,
): HistoryEntry {
  const { target, sampling, suppression, targets, chunks } = question
  return {
    id,
    createdAt,
    pinned,
    note,
    pictureName: picture?.name ?? null,
    picture: picture?.sha256 ?? null,
    model: model.name,
    prompt,
    completion,
    target,
    sampling,
    suppression,
    targets,
    chunks,
    cached,
  }
}
