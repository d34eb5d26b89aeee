import { fail } from '../../../shared/contract/failure.ts'
import type { Questions } from '../explain/questions.ts'
import type { Cache } from '../../storage/cache/cache.ts'
import type { History } from '../../storage/library/history.ts'
import type { Handlers } from '../handlers.ts'
import { historyEntries, historyEntry } from '../history-entry.ts'

/** What the questions about the history are answered with. */
export interface HistoryParts {
  readonly history: History
  readonly cache: Cache
  readonly asked: Questions
}

/** Answers about the history. */
export function historyHandlers({
  history,
  cache,
  asked,
}: HistoryParts): Pick<Handlers, Extract<keyof Handlers, `history.${string}`>> {
  return {
    'history.list': async (query) => {
      const { total, entries } = history.list(query)
      return { total, entries: historyEntries(entries, cache) }
    },
    'history.open': async ({ id }) => {
      const entry = history.find(id) ?? fail('entry-missing', {})
      const explanation = asked.known(entry)
      return {
        entry: { ...historyEntry(entry, cache), cached: explanation !== null },
        explanation,
      }
    },
    'history.pin': async ({ id, pinned }) => historyEntry(history.pin(id, pinned), cache),
    'history.note': async ({ id, note }) => historyEntry(history.note(id, note), cache),
    'history.delete': async ({ ids }) => {
      history.remove(ids)
      return {}
    },
    'history.restore': async ({ ids }) => historyEntries(history.restore(ids), cache),
  }
}
