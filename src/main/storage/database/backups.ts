import { existsSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs'
import { copyFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Database } from 'better-sqlite3'
import { putInPlace, syncFile } from '../../files/write-whole.ts'
import type { Schema } from './open-database.ts'
import { examine } from './open-database.ts'
import { sqliteTrouble } from './sqlite-trouble.ts'

/** Backups kept; the oldest goes first. */
const kept = 3

const backupName = /^library-\d{4}-.*\.db$/

/**
 * Copies the library as it is at one moment, and keeps the copy only if it is sound.
 * @param now milliseconds since 1970
 * @returns false when the library turned out to be damaged
 */
export async function backUp(database: Database, folder: string, schema: Schema, now: number): Promise<boolean> {
  const place = join(folder, 'backups')
  mkdirSync(place, { recursive: true })
  const unfinished = join(place, 'unfinished.tmp')
  rmSync(unfinished, { force: true })
  await database.backup(unfinished)
  if (!isUsable(unfinished, schema)) {
    rmSync(unfinished, { force: true })
    return false
  }
  await syncFile(unfinished)
  await putInPlace(unfinished, join(place, `library-${new Date(now).toISOString().replaceAll(/[:.]/g, '-')}.db`))
  for (const old of listBackups(folder).slice(kept)) rmSync(old, { force: true })
  return true
}

/** Whether the library has changed since the last backup. */
export function needsBackup(path: string, folder: string): boolean {
  const last = listBackups(folder)[0]
  if (last === undefined) return true
  const changed = [path, `${path}-wal`].filter((file) => existsSync(file)).map((file) => statSync(file).mtimeMs)
  return Math.max(...changed) > statSync(last).mtimeMs
}

/**
 * Puts the newest sound backup in the place of a library that was set aside.
 * @returns when it was made, in milliseconds since 1970; `null` when there is none
 */
export async function restoreBackup(path: string, folder: string, schema: Schema): Promise<number | null> {
  const backup = listBackups(folder).find((candidate) => isUsable(candidate, schema))
  if (backup === undefined) return null
  const unfinished = `${path}.tmp`
  await copyFile(backup, unfinished)
  await syncFile(unfinished)
  await putInPlace(unfinished, path)
  return statSync(backup).mtimeMs
}

/** Paths of the backups, the newest first. */
export function listBackups(folder: string): string[] {
  const place = join(folder, 'backups')
  if (!existsSync(place) || !statSync(place).isDirectory()) return []
  const names = readdirSync(place).filter((name) => backupName.test(name))
  return names
    .sort()
    .reverse()
    .map((name) => join(place, name))
}

function isUsable(path: string, schema: Schema): boolean {
  try {
    return examine(path, schema, true).kind === 'usable'
  } catch (error) {
    if (sqliteTrouble(error) === null) throw error
    return false
  } finally {
    // Reading leaves these beside it, and only a writer would take them away.
    for (const ending of ['-wal', '-shm']) rmSync(path + ending, { force: true })
  }
}
