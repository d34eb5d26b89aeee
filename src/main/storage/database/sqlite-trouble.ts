import Database from 'better-sqlite3'
import { fileTrouble } from '../../files/file-trouble.ts'

/** What an error of SQLite means for whoever opened the file. */
export type SqliteTrouble =
  /** The file is no database, or its content contradicts itself. */
  | 'damaged'
  /** The disk is full, broken, read-only or busy: the content is as it was. */
  | 'unavailable'

/** What an error of SQLite means; `null` for any other error, and for a bug in a statement. */
export function sqliteTrouble(error: unknown): SqliteTrouble | null {
  if (!(error instanceof Database.SqliteError)) return null
  if (/^SQLITE_(CORRUPT|NOTADB)/.test(error.code)) return 'damaged'
  if (/^SQLITE_(FULL|IOERR|BUSY|LOCKED|READONLY|CANTOPEN|NOMEM|TOOBIG|PERM|AUTH|NOLFS|PROTOCOL)/.test(error.code))
    return 'unavailable'
  return null
}

const reasons: Readonly<Record<string, string>> = {
  SQLITE_FULL: 'the disk is full',
  SQLITE_BUSY: 'another program uses it',
  SQLITE_LOCKED: 'another program uses it',
  SQLITE_READONLY: 'it may only be read',
  SQLITE_CANTOPEN: 'it cannot be opened',
  SQLITE_PERM: 'there is no permission',
  SQLITE_NOMEM: 'there is not enough memory',
}

/** Why a database or a file could not be used, in the user's words and without a path; `null` for an error of another kind. */
export function storageReason(error: unknown): string | null {
  if (error instanceof Database.SqliteError) {
    const known = Object.entries(reasons).find(([start]) => error.code.startsWith(start))
    if (known !== undefined) return known[1]
    if (sqliteTrouble(error) === 'damaged') return 'its content is damaged'
    return sqliteTrouble(error) === null ? null : `the disk reports an error (${error.code})`
  }
  return fileTrouble(error)
}
