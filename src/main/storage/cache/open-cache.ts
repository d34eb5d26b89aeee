import { join } from 'node:path'
import type { Database } from 'better-sqlite3'
import { migrate } from '../database/migrations.ts'
import type { Schema } from '../database/open-database.ts'
import { examine, openDatabase } from '../database/open-database.ts'
import { setAside } from '../database/set-aside.ts'
import { sqliteTrouble } from '../database/sqlite-trouble.ts'

/** 1: values by kind and key. The value comes last, so that reading the rest of a row does not read through it. */
function first(database: Database): void {
  database.exec(`
    CREATE TABLE cached (
      kind TEXT NOT NULL,
      key TEXT NOT NULL,
      size INTEGER NOT NULL,
      used INTEGER NOT NULL,      -- counts up with every use
      sha256 BLOB NOT NULL,
      value BLOB NOT NULL,
      PRIMARY KEY (kind, key)
    ) STRICT;
    CREATE INDEX cached_by_use ON cached (kind = 'explanation', used);
    CREATE INDEX cached_by_size ON cached (size);
  `)
}

/** Everything that can be computed again. */
export const cacheSchema: Schema = { synchronous: 'NORMAL', migrations: [first] }

/** A cache database at work. */
export interface OpenCache {
  readonly database: Database
  /** What the person should know about how it was opened; `null` when there is nothing to report. */
  readonly notice: string | null
}

/**
 * Opens the cache of a profile; one that is damaged or of another version is set aside and begun again.
 * @param thorough walks through all its pages first
 * @throws SqliteError when the disk does not take it
 */
export function openCache(folder: string, thorough: boolean): OpenCache {
  const path = join(folder, 'cache.db')
  if (isUsable(path, thorough)) {
    try {
      return { database: openUp(path), notice: null }
    } catch (error) {
      if (sqliteTrouble(error) !== 'damaged') throw error
    }
  }
  setAside(path, Date.now())
  return {
    database: openUp(path),
    notice: 'Stored results could not be read and were set aside; they are computed again when they are needed.',
  }
}

function openUp(path: string): Database {
  const database = openDatabase(path, cacheSchema)
  try {
    migrate(database, cacheSchema.migrations)
    // Shows damage of its root and its indexes now, not in the middle of the work.
    database.prepare('SELECT count(*), sum(size), max(used) FROM cached').get()
    return database
  } catch (error) {
    database.close()
    throw error
  }
}

function isUsable(path: string, thorough: boolean): boolean {
  try {
    const { kind } = examine(path, cacheSchema, thorough)
    return kind === 'new' || kind === 'usable'
  } catch (error) {
    if (sqliteTrouble(error) === 'damaged') return false
    throw error
  }
}
