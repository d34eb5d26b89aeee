import { existsSync, statSync } from 'node:fs'
import Database from 'better-sqlite3'
import type { Migration } from './migrations.ts'
import { schemaVersion } from './migrations.ts'

/** Marks a database as Whence's: "WHNC". */
const applicationId = 0x57_48_4e_43

/** What kind of database a file is to be. */
export interface Schema {
  /** `FULL` loses nothing that was committed even when the power goes; `NORMAL` may lose the last transactions then, never its integrity. */
  readonly synchronous: 'FULL' | 'NORMAL'
  readonly migrations: readonly Migration[]
}

/** How a file was found. */
export type Finding =
  | { readonly kind: 'new' }
  | { readonly kind: 'usable'; readonly version: number }
  /** Written by a newer version: nobody but that one may touch it. */
  | { readonly kind: 'newer' }
  | { readonly kind: 'damaged' }

/**
 * Looks at a database without changing a byte of it.
 * @param thorough also walks through all its pages
 * @throws SqliteError when the file may not be read
 */
export function examine(path: string, { migrations }: Schema, thorough: boolean): Finding {
  if (!existsSync(path)) return { kind: 'new' }
  const status = statSync(path)
  if (!status.isFile()) return { kind: 'damaged' }
  if (status.size === 0) return { kind: 'new' }
  const database = new Database(path, { readonly: true })
  try {
    const version = schemaVersion(database)
    if (version === 0 && isEmpty(database)) return { kind: 'new' }
    if (database.pragma('application_id', { simple: true }) !== applicationId) return { kind: 'damaged' }
    if (version > migrations.length) return { kind: 'newer' }
    if (version === 0 || (thorough && !isSound(database))) return { kind: 'damaged' }
    return { kind: 'usable', version }
  } finally {
    database.close()
  }
}

/** Opens a database for reading and writing, or makes an empty one; no migration is run. */
export function openDatabase(path: string, { synchronous }: Schema): Database.Database {
  const database = new Database(path)
  try {
    // For the time a cache has to give pages back to the disk after eviction. Only counts before the first table.
    database.pragma('auto_vacuum = INCREMENTAL')
    // Writing what is there already would count as a change.
    if (database.pragma('application_id', { simple: true }) !== applicationId)
      database.pragma(`application_id = ${applicationId}`)
    database.pragma('journal_mode = WAL')
    database.pragma(`synchronous = ${synchronous}`)
    database.pragma('foreign_keys = ON')
    // A WAL grows with the largest transaction and would stay that large.
    database.pragma('journal_size_limit = 16777216')
    if (synchronous === 'FULL') database.pragma('checkpoint_fullfsync = ON')
    return database
  } catch (error) {
    database.close()
    throw error
  }
}

/** Walks through all pages of a database. */
function isSound(database: Database.Database): boolean {
  return database.pragma('quick_check(1)', { simple: true }) === 'ok'
}

function isEmpty(database: Database.Database): boolean {
  return database.prepare('SELECT count(*) FROM sqlite_schema').pluck().get() === 0
}
