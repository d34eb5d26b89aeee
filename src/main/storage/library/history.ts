import { randomUUID } from 'node:crypto'
import type { Database } from 'better-sqlite3'
import { z } from 'zod'
import { fail } from '../../../shared/contract/failure.ts'
import { chunkings, sampling, suppression, targetSelections } from '../../../shared/explanation/parameters.ts'
import type { RequestOf } from '../../../shared/contract/types.ts'
import { text } from '../../../shared/contract/schemas.ts'
import { present } from '../../../shared/values/element.ts'
import { searchText, searchWords } from './search-text.ts'

/** What was asked, as far as the model and the picture do not say it. */
const question = z.object({
  target: text.nullable(),
  sampling,
  suppression,
  targets: z.enum(targetSelections),
  chunks: z.enum(chunkings).nullable(),
})
/** See {@link question}. */
export type KeptQuestion = Readonly<z.infer<typeof question>>

/** A finished explanation as the history keeps it; its numbers lie in the cache. */
export interface NewEntry {
  /** Where the cache has the numbers. */
  readonly cacheKey: string
  readonly picture: { readonly sha256: string; readonly name: string } | null
  readonly model: { readonly name: string; readonly sha256: string }
  readonly prompt: string
  readonly completion: string
  readonly question: KeptQuestion
}

/** A line of the history. */
export interface KeptEntry extends NewEntry {
  readonly id: string
  /** When it was asked last, in milliseconds since 1970. */
  readonly createdAt: number
  readonly pinned: boolean
  readonly note: string
}

/** A part of the history. */
export interface HistoryPage {
  /** How many entries match in all. */
  readonly total: number
  readonly entries: readonly KeptEntry[]
}

/** What the person has asked. Every change is on disk when the call is over. */
export interface History {
  /** Adds an entry, or brings the one with the same numbers to the top. */
  add(entry: NewEntry): KeptEntry
  /** A line; `null` when there is none, or it was deleted. */
  find(id: string): KeptEntry | null
  /** Pinned ones first, then the newest; only those that hold every word of `search`. */
  list(query: RequestOf<'history.list'>): HistoryPage
  /** @throws `entry-missing` */
  pin(id: string, pinned: boolean): KeptEntry
  /** @throws `entry-missing` */
  note(id: string, note: string): KeptEntry
  /** Deletes entries until {@link restore}; those that are gone already are passed over. */
  remove(ids: readonly string[]): void
  /** Brings deleted entries back. @throws `entry-missing` for one that was never there */
  restore(ids: readonly string[]): KeptEntry[]
  /** Forgets deleted entries for good. */
  purge(): void
}

interface Row {
  readonly id: string
  readonly cache_key: string
  readonly created_at: number
  readonly pinned: number
  readonly note: string
  readonly picture: string | null
  readonly picture_name: string | null
  readonly model: string
  readonly model_sha256: string
  readonly prompt: string
  readonly completion: string
  readonly question: string
}

/** The history over the library's database. @param now milliseconds since 1970 */
export function historyOver(database: Database, now: () => number = Date.now): History {
  const statements = prepare(database)
  const find = (id: string): KeptEntry | null => {
    const row = statements.find.get(id) as Row | undefined
    return row === undefined ? null : entryOf(row)
  }
  const expect = (id: string): KeptEntry => find(id) ?? fail('entry-missing', {})
  const change = (statement: { run(...values: unknown[]): unknown }, id: string, ...values: unknown[]): KeptEntry => {
    expect(id)
    statement.run(...values, id)
    return expect(id)
  }
  return {
    find,
    add: (entry) => expect(statements.add.get({ ...rowOf(entry), id: randomUUID(), created_at: now() }) as string),
    list: ({ search, offset, limit }) => {
      const words = searchWords(search)
      const matching = words.map(() => 'AND instr(search, ?) > 0').join(' ')
      const total = database
        .prepare(`SELECT count(*) FROM entries WHERE deleted_at IS NULL ${matching}`)
        .pluck()
        .get(...words)
      const rows = database
        .prepare(
          `SELECT * FROM entries WHERE deleted_at IS NULL ${matching} ORDER BY pinned DESC, created_at DESC, number DESC LIMIT ? OFFSET ?`,
        )
        .all(...words, limit, offset)
      return { total: total as number, entries: (rows as Row[]).map(entryOf) }
    },
    pin: (id, pinned) => change(statements.pin, id, pinned ? 1 : 0),
    note: database.transaction((id: string, note: string) => {
      const { picture, prompt, completion, model } = expect(id)
      const search = searchText(prompt, completion, note, picture?.name ?? null, model.name)
      return change(statements.note, id, note, search)
    }),
    remove: database.transaction((ids: readonly string[]) => {
      for (const id of ids) statements.remove.run(now(), id)
    }),
    restore: database.transaction((ids: readonly string[]) =>
      ids.map((id) => {
        statements.restore.run(id)
        return expect(id)
      }),
    ),
    purge: () => void statements.purge.run(),
  }
}

function prepare(database: Database) {
  return {
    find: database.prepare('SELECT * FROM entries WHERE id = ? AND deleted_at IS NULL'),
    add: database
      .prepare(
        `INSERT INTO entries (id, cache_key, created_at, picture, picture_name, model, model_sha256, prompt, completion, question, search)
         VALUES (@id, @cache_key, @created_at, @picture, @picture_name, @model, @model_sha256, @prompt, @completion, @question, @search)
         ON CONFLICT (cache_key) DO UPDATE SET created_at = excluded.created_at, deleted_at = NULL
         RETURNING id`,
      )
      .pluck(),
    pin: database.prepare('UPDATE entries SET pinned = ? WHERE id = ?'),
    note: database.prepare('UPDATE entries SET note = ?, search = ? WHERE id = ?'),
    remove: database.prepare('UPDATE entries SET deleted_at = ? WHERE id = ? AND deleted_at IS NULL'),
    restore: database.prepare('UPDATE entries SET deleted_at = NULL WHERE id = ?'),
    purge: database.prepare('DELETE FROM entries WHERE deleted_at IS NOT NULL'),
  }
}

function rowOf({ cacheKey, picture, model, prompt, completion, question: asked }: NewEntry): Record<string, string | null> {
  return {
    cache_key: cacheKey,
    picture: picture?.sha256 ?? null,
    picture_name: picture?.name ?? null,
    model: model.name,
    model_sha256: model.sha256,
    prompt,
    completion,
    question: JSON.stringify(asked),
    search: searchText(prompt, completion, picture?.name ?? null, model.name),
  }
}

function entryOf(row: Row): KeptEntry {
  return {
    id: row.id,
    cacheKey: row.cache_key,
    createdAt: row.created_at,
    pinned: row.pinned === 1,
    note: row.note,
    picture: row.picture === null ? null : { sha256: row.picture, name: present(row.picture_name, 'the name of a picture') },
    model: { name: row.model, sha256: row.model_sha256 },
    prompt: row.prompt,
    completion: row.completion,
    question: question.parse(JSON.parse(row.question)),
  }
}
