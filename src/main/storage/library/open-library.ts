import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Database } from 'better-sqlite3'
import { fail } from '../../../shared/contract/failure.ts'
import { backUp, listBackups, needsBackup, restoreBackup } from '../database/backups.ts'
import { librarySchema } from './library-schema.ts'
import { migrate } from '../database/migrations.ts'
import type { Finding, Schema } from '../database/open-database.ts'
import { examine, openDatabase } from '../database/open-database.ts'
import { setAside } from '../database/set-aside.ts'
import { sqliteTrouble, storageReason } from '../database/sqlite-trouble.ts'

/** A library at work. */
export interface OpenLibrary {
  readonly database: Database
  /** What the person should know about how it was opened. */
  readonly notices: readonly string[]
}

/**
 * Opens the library of a profile, whatever state it is in: a damaged one is set aside and replaced by the last good backup.
 * @param thorough walks through all its pages first: after a session that did not end well
 * @throws `profile-newer` for one that a newer version wrote; SqliteError when the disk does not take it
 */
export async function openLibrary(folder: string, thorough: boolean, schema: Schema = librarySchema): Promise<OpenLibrary> {
  const path = join(folder, 'library.db')
  const notices: string[] = []
  let finding = find(path, folder, thorough, schema)
  if (finding.kind === 'damaged') {
    notices.push(await replace(path, folder, schema))
    finding = look(path, false, schema)
  }
  const database = openDatabase(path, schema)
  try {
    const old = finding.kind === 'usable' && finding.version < schema.migrations.length
    const due = old || (finding.kind === 'usable' && !thorough && needsBackup(path, folder))
    if (due && !(await backUpIfPossible(database, folder, schema, old))) return await reopen(database, folder, schema)
    migrate(database, schema.migrations)
    return { database, notices }
  } catch (error) {
    database.close()
    if (sqliteTrouble(error) === 'damaged' && !thorough) return openLibrary(folder, true, schema)
    throw error
  }
}

/** No migration goes without a backup; otherwise a full disk is no reason not to open. @returns false when the library turned out to be damaged */
async function backUpIfPossible(database: Database, folder: string, schema: Schema, needed: boolean): Promise<boolean> {
  try {
    return await backUp(database, folder, schema, Date.now())
  } catch (error) {
    if (needed || storageReason(error) === null || sqliteTrouble(error) === 'damaged') throw error
    return true
  }
}

/** The backup showed damage that a quick look did not. */
function reopen(database: Database, folder: string, schema: Schema): Promise<OpenLibrary> {
  database.close()
  return openLibrary(folder, true, schema)
}

function find(path: string, folder: string, thorough: boolean, schema: Schema): Finding {
  const finding = look(path, thorough, schema)
  if (finding.kind === 'newer') fail('profile-newer', { folder })
  // Emptied, or set aside by a start that was killed before it could put the backup in its place.
  const lost = finding.kind === 'new' && listBackups(folder).length > 0
  return lost ? { kind: 'damaged' } : finding
}

function look(path: string, thorough: boolean, schema: Schema): Finding {
  try {
    return examine(path, schema, thorough)
  } catch (error) {
    if (sqliteTrouble(error) === 'damaged') return { kind: 'damaged' }
    throw error
  }
}

async function replace(path: string, folder: string, schema: Schema): Promise<string> {
  const wasThere = existsSync(path)
  setAside(path, Date.now())
  const restored = await restoreBackup(path, folder, schema)
  const state = wasThere ? 'damaged' : 'missing'
  const kept = wasThere ? ` The damaged file is kept in ${folder}, its name ending in ".corrupt-" and the time.` : ''
  if (restored === null) return `The history was ${state} and there was no sound backup, so an empty one was begun.${kept}`
  const made = new Date(restored).toISOString().slice(0, 16).replace('T', ' ')
  return `The history was ${state}; its backup of ${made} UTC was restored.${kept}`
}
