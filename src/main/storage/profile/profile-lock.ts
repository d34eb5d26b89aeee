import { join } from 'node:path'
import Database from 'better-sqlite3'
import { fail } from '../../../shared/contract/failure.ts'
import { setAside } from '../database/set-aside.ts'
import { sqliteTrouble } from '../database/sqlite-trouble.ts'

/** The right to use a profile. The system takes it back when the process ends, however it ends. */
export interface ProfileLock {
  release(): void
}

/**
 * Takes a profile for this process: an exclusive transaction on a database of its own, which holds nothing.
 * @throws `profile-locked` while another process has it
 */
export function lockProfile(folder: string): ProfileLock {
  const path = join(folder, 'profile.lock')
  try {
    return take(path)
  } catch (error) {
    if (sqliteTrouble(error) !== 'damaged') throw error
    setAside(path, Date.now())
    return take(path)
  }
}

function take(path: string): ProfileLock {
  const database = new Database(path, { timeout: 0 })
  try {
    // A journal in memory: a lock file has nothing to roll back, and no file is left beside it.
    database.pragma('journal_mode = MEMORY')
    database.exec('BEGIN EXCLUSIVE')
  } catch (error) {
    database.close()
    if (error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY')) fail('profile-locked', {}, error)
    throw error
  }
  return { release: () => void database.close() }
}
