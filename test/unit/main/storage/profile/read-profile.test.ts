import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { failureOf } from '../../../../../src/shared/contract/failure.ts'
import { readProfile } from '../../../../../src/main/storage/profile/read-profile.ts'
import { openStorage } from '../../../../../src/main/storage/storage.ts'
import { newEntry } from '../../../../helpers/storage/new-entry.ts'
import { temporaryFolder } from '../../../../helpers/storage/temporary-folder.ts'

function failureFrom(work: () => unknown) {
  try {
    work()
  } catch (error) {
    return failureOf(error)
  }
  return null
}

const hashOf = (path: string): string => createHash('sha256').update(readFileSync(path)).digest('hex')

describe('readProfile', () => {
  it('reads what a session at work has just written', async () => {
    using folder = temporaryFolder()
    const storage = await openStorage(folder.path)
    const { id, cacheKey } = storage.history.add(newEntry('one'))
    storage.cache.put('explanation', cacheKey, Uint8Array.of(1, 2, 3))
    {
      using profile = readProfile(folder.path)
      expect(profile.history.find(id)?.prompt).toBe('one')
      expect([...(profile.cache.get('explanation', cacheKey) ?? [])]).toEqual([1, 2, 3])
      const later = storage.history.add(newEntry('two'))
      expect(profile.history.find(later.id)?.prompt).toBe('two')
    }
    storage.close()
  })

  it('leaves every byte of a closed library as it was', async () => {
    using folder = temporaryFolder()
    const storage = await openStorage(folder.path)
    const { id, cacheKey } = storage.history.add(newEntry('one'))
    storage.cache.put('explanation', cacheKey, Uint8Array.of(1))
    storage.close()
    const files = ['library.db', 'cache.db'].map((name) => join(folder.path, name))
    const before = files.map(hashOf)
    {
      using profile = readProfile(folder.path)
      profile.history.find(id)
      profile.cache.get('explanation', cacheKey)
    }
    expect(files.map(hashOf)).toEqual(before)
    const again = await openStorage(folder.path)
    expect(again.notices).toEqual([])
    again.close()
  })

  it('knows no numbers without a cache', async () => {
    using folder = temporaryFolder()
    const storage = await openStorage(folder.path)
    const { id, cacheKey } = storage.history.add(newEntry('one'))
    storage.close()
    writeFileSync(join(folder.path, 'cache.db'), 'no database')
    using profile = readProfile(folder.path)
    expect(profile.history.find(id)).not.toBeNull()
    expect(profile.cache.get('explanation', cacheKey)).toBeNull()
  })

  it.each([
    ['is not there', () => undefined],
    ['is empty', (path: string) => writeFileSync(path, '')],
    ['is no database', (path: string) => writeFileSync(path, 'x'.repeat(5000))],
    ['is a folder', (path: string) => mkdirSync(path)],
  ])('refuses a library that %s and makes none', (_, prepare) => {
    using folder = temporaryFolder()
    prepare(join(folder.path, 'library.db'))
    expect(failureFrom(() => readProfile(folder.path))?.code).toBe('library-unusable')
  })

  it('refuses a library of a newer version', async () => {
    using folder = temporaryFolder()
    ;(await openStorage(folder.path)).close()
    const database = new Database(join(folder.path, 'library.db'))
    database.pragma('user_version = 999')
    database.close()
    expect(failureFrom(() => readProfile(folder.path))?.code).toBe('profile-newer')
  })
})
