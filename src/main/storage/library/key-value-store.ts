import type { Database } from 'better-sqlite3'

/** Small things to remember between sessions, by name. */
export interface KeyValueStore {
  /** What was remembered; `null` for nothing. */
  recall(name: string): string | null
  /** @param value `null` forgets */
  remember(name: string, value: string | null): void
}

/** A memory over the library's database. */
export function keyValueStore(database: Database): KeyValueStore {
  const find = database.prepare('SELECT value FROM remembered WHERE name = ?').pluck()
  const keep = database.prepare(
    'INSERT INTO remembered (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value',
  )
  const forget = database.prepare('DELETE FROM remembered WHERE name = ?')
  return {
    recall: (name) => (find.get(name) as string | undefined) ?? null,
    remember: (name, value) => {
      if (value === null) forget.run(name)
      else keep.run(name, value)
    },
  }
}
