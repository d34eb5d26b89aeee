import { createHash } from 'node:crypto'
import type { Database } from 'better-sqlite3'
import type { RasterKind } from '../../../shared/contract/library.ts'
import { sqliteTrouble } from '../database/sqlite-trouble.ts'

/** What is kept in the cache. Explanations go last when room is needed: they took longest to compute. */
export type CacheKind = 'explanation' | 'completion' | 'similarity' | 'joint-pass' | RasterKind

/**
 * Things that can be computed again, by a key that names everything they depend on. Nothing here throws for a full, broken or damaged disk: what cannot
 * be kept or read is not there.
 */
export interface Cache {
  /** A value as it was kept; `null` when it is not there, or not as it was. */
  get(kind: CacheKind, key: string): Uint8Array | null
  /** Keeps a value, the least recently used ones making room. @returns whether it is kept */
  put(kind: CacheKind, key: string, value: Uint8Array): boolean
  /** Which of these keys have a value. Looking does not count as using. */
  has(kind: CacheKind, keys: readonly string[]): ReadonlySet<string>
  /** Bytes of all values. */
  readonly bytes: number
  /** Whether the cache stopped working since it was opened: the next session should examine it. */
  readonly damaged: boolean
  /** Forgets everything. */
  clear(): void
}

interface Row {
  readonly value: Uint8Array
  readonly sha256: Uint8Array
}

interface Leaving {
  readonly kind: CacheKind
  readonly key: string
  readonly size: number
}

/**
 * The cache over its database.
 * @param limit most bytes of all values
 */
export function cacheOver(database: Database, limit: number): Cache {
  const statements = prepare(database)
  let bytes = database.prepare('SELECT coalesce(sum(size), 0) FROM cached').pluck().get() as number
  let clock = database.prepare('SELECT coalesce(max(used), 0) FROM cached').pluck().get() as number
  let damaged = false

  /** Runs against the disk. What fails there has left everything as it was. */
  function attempt<Result>(work: () => Result, otherwise: Result): Result {
    // Work in progress may outlive its session.
    if (damaged || !database.open) return otherwise
    const before = bytes
    try {
      return work()
    } catch (error) {
      const trouble = sqliteTrouble(error)
      if (trouble === null) throw error
      damaged = trouble === 'damaged'
      bytes = before
      return otherwise
    }
  }

  function forget(kind: CacheKind, key: string): void {
    const size = statements.remove.get(kind, key) as number | undefined
    if (size !== undefined) bytes -= size
  }

  function makeRoom(needed: number): void {
    const leaving: Leaving[] = []
    let free = limit - bytes
    for (const candidate of statements.oldest.iterate() as Iterable<Leaving>) {
      if (free >= needed) break
      leaving.push(candidate)
      free += candidate.size
    }
    for (const { kind, key } of leaving) forget(kind, key)
  }

  const keep = database.transaction((kind: CacheKind, key: string, value: Uint8Array) => {
    forget(kind, key)
    makeRoom(value.length)
    statements.insert.run(kind, key, value, digest(value), value.length, ++clock)
    bytes += value.length
  })

  return {
    get: (kind, key) =>
      attempt(() => {
        const row = statements.find.get(kind, key) as Row | undefined
        if (row === undefined) return null
        if (!digest(row.value).equals(row.sha256)) {
          attempt(() => forget(kind, key), undefined)
          return null
        }
        attempt(() => void statements.touch.run(++clock, kind, key), undefined)
        return row.value
      }, null),
    put: (kind, key, value) =>
      value.length <= limit &&
      attempt(() => {
        keep.immediate(kind, key, value)
        database.pragma('incremental_vacuum(256)')
        return true
      }, false),
    has: (kind, keys) => attempt(() => new Set(keys.filter((key) => statements.exists.get(kind, key) !== undefined)), new Set()),
    get bytes() {
      return bytes
    },
    get damaged() {
      return damaged
    },
    clear: () => {
      attempt(() => {
        database.exec('DELETE FROM cached')
        bytes = 0
      }, undefined)
      attempt(() => void database.exec('VACUUM'), undefined)
    },
  }
}

/** A cache that keeps nothing, for a disk that takes nothing. */
export const noCache: Cache = {
  get: () => null,
  put: () => false,
  has: () => new Set(),
  bytes: 0,
  damaged: false,
  clear: () => {},
}

function digest(value: Uint8Array): Buffer {
  return createHash('sha256').update(value).digest()
}

function prepare(database: Database) {
  const where = 'FROM cached WHERE kind = ? AND key = ?'
  return {
    find: database.prepare(`SELECT value, sha256 ${where}`),
    exists: database.prepare(`SELECT 1 ${where}`),
    remove: database.prepare(`DELETE ${where} RETURNING size`).pluck(),
    touch: database.prepare('UPDATE cached SET used = ? WHERE kind = ? AND key = ?'),
    insert: database.prepare('INSERT INTO cached (kind, key, value, sha256, size, used) VALUES (?, ?, ?, ?, ?, ?)'),
    oldest: database.prepare(`SELECT kind, key, size FROM cached ORDER BY kind = 'explanation', used`),
  }
}
