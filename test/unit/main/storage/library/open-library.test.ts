import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import type { Storage } from '../../../../../src/main/storage/storage.ts'
import { openStorage } from '../../../../../src/main/storage/storage.ts'
import { failureOf } from '../../../../../src/shared/contract/failure.ts'
import { newEntry } from '../../../../helpers/storage/new-entry.ts'
import { temporaryFolder } from '../../../../helpers/storage/temporary-folder.ts'

const rows = 200

/** A profile of two sessions that ended well, so that there is a backup. */
async function makeProfile(folder: string): Promise<void> {
  const first = await openStorage(folder)
  for (let place = 0; place < rows; place++) first.history.add(newEntry(`entry ${place}`))
  first.close()
  ;(await openStorage(folder)).close()
}

/** A session that is killed: what its process would have left. */
function endBadly(folder: string): void {
  writeFileSync(join(folder, 'session.open'), '')
}

function countOf(storage: Storage): number {
  return storage.history.list({ search: '', offset: 0, limit: 1 }).total
}

const damages: readonly (readonly [string, (path: string) => void])[] = [
  ['text', (path) => writeFileSync(path, 'Dear diary, '.repeat(1000))],
  ['zero bytes', (path) => truncateSync(path, 0)],
  ['60 % of its bytes', (path) => truncateSync(path, Math.floor(statSync(path).size * 0.6))],
  ['smashed pages', smash],
  ['a folder', (path) => replaceByFolder(path)],
  ['a database of somebody else', replaceByForeign],
]

function smash(path: string): void {
  const bytes = readFileSync(path)
  for (let place = 4096; place < bytes.length; place += 97) bytes[place] = (bytes[place] ?? 0) ^ 0xff
  writeFileSync(path, bytes)
}

function replaceByFolder(path: string): void {
  rmSync(path)
  mkdirSync(path)
}

function replaceByForeign(path: string): void {
  rmSync(path)
  const database = new Database(path)
  database.exec('CREATE TABLE recipes (name TEXT); PRAGMA user_version = 1')
  database.close()
}

describe('a library that has become', () => {
  it.each(damages)('%s is set aside as it is and its backup restored, with a notice', async (_, damage) => {
    using folder = temporaryFolder()
    await makeProfile(folder.path)
    const path = join(folder.path, 'library.db')
    damage(path)
    const damaged = existsSync(path) && statSync(path).isFile() ? readFileSync(path) : null
    endBadly(folder.path)

    const storage = await openStorage(folder.path)
    expect(countOf(storage)).toBe(rows)
    expect(storage.notices.join()).toContain('backup')
    storage.history.add(newEntry('afterwards'))
    storage.close()
    const [kept = ''] = readdirSync(folder.path).filter((name) => /^library\.db\.corrupt-[^.]*$/.test(name))
    if (damaged !== null) expect(readFileSync(join(folder.path, kept))).toEqual(damaged)
    expect(existsSync(join(folder.path, kept))).toBe(true)

    const again = await openStorage(folder.path)
    expect(again.notices).toEqual([])
    expect(countOf(again)).toBe(rows + 1)
    again.close()
  })

  it('smashed is noticed after a session that ended well, too, before it can push the last good backup out', async () => {
    using folder = temporaryFolder()
    await makeProfile(folder.path)
    const path = join(folder.path, 'library.db')
    for (let session = 0; session < 5; session++) {
      smash(path)
      const storage = await openStorage(folder.path)
      expect(countOf(storage)).toBe(rows)
      storage.close()
    }
  })

  it('damaged without a backup begins again and says so', async () => {
    using folder = temporaryFolder()
    writeFileSync(join(folder.path, 'library.db'), 'no database')
    const storage = await openStorage(folder.path)
    expect(countOf(storage)).toBe(0)
    expect(storage.notices.join()).toContain('empty')
    storage.close()
    expect(readdirSync(folder.path).some((name) => name.startsWith('library.db.corrupt-'))).toBe(true)
  })

  it('damaged passes over backups that are damaged, too', async () => {
    using folder = temporaryFolder()
    await makeProfile(folder.path)
    const backups = join(folder.path, 'backups')
    const [good = ''] = readdirSync(backups)
    copyFileSync(join(backups, good), join(backups, 'library-2999-01-01T00-00-00-000Z.db'))
    smash(join(backups, 'library-2999-01-01T00-00-00-000Z.db'))
    writeFileSync(join(folder.path, 'library.db'), 'no database')
    const storage = await openStorage(folder.path)
    expect(countOf(storage)).toBe(rows)
    storage.close()
  })

  it('one of the future is refused, and not a byte of it changes', async () => {
    using folder = temporaryFolder()
    await makeProfile(folder.path)
    const path = join(folder.path, 'library.db')
    const database = new Database(path)
    database.pragma('user_version = 99')
    database.close()
    const before = readFileSync(path)
    const code = await openStorage(folder.path).then(
      () => null,
      (error: unknown) => failureOf(error)?.code,
    )
    expect(code).toBe('profile-newer')
    expect(readFileSync(path)).toEqual(before)
    expect(readdirSync(folder.path).some((name) => name.includes('corrupt'))).toBe(false)
  })

  it('missing while there are backups is restored: a start may have been killed between setting aside and restoring', async () => {
    using folder = temporaryFolder()
    await makeProfile(folder.path)
    rmSync(join(folder.path, 'library.db'))
    const storage = await openStorage(folder.path)
    expect(countOf(storage)).toBe(rows)
    storage.close()
  })

  it('accompanied by a foreign write-ahead log keeps its content', async () => {
    using folder = temporaryFolder()
    await makeProfile(folder.path)
    const other = new Database(join(folder.path, 'other.db'))
    other.pragma('journal_mode = WAL')
    other.exec('CREATE TABLE t (a); INSERT INTO t VALUES (1)')
    copyFileSync(join(folder.path, 'other.db-wal'), join(folder.path, 'library.db-wal'))
    other.close()
    endBadly(folder.path)
    const storage = await openStorage(folder.path)
    expect(countOf(storage)).toBe(rows)
    storage.close()
  })

  it('changed is backed up at the next start, three times at most', async () => {
    using folder = temporaryFolder()
    for (let session = 0; session < 6; session++) {
      const storage = await openStorage(folder.path)
      storage.history.add(newEntry(`session ${session}`))
      storage.close()
    }
    expect(readdirSync(join(folder.path, 'backups'))).toHaveLength(3)
  })

  it('where no backup can be written is opened all the same, unless it has to be migrated', async () => {
    using folder = temporaryFolder()
    await makeProfile(folder.path)
    const first = await openStorage(folder.path)
    first.history.add(newEntry('changed'))
    first.close()
    rmSync(join(folder.path, 'backups'), { recursive: true })
    writeFileSync(join(folder.path, 'backups'), 'in the way')
    const storage = await openStorage(folder.path)
    expect(countOf(storage)).toBe(rows + 1)
    expect(storage.notices).toEqual([])
    storage.close()
  })
})
