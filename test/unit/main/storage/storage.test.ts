import { existsSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, it, vi } from 'vitest'
import { openStorage } from '../../../../src/main/storage/storage.ts'
import { failureOf } from '../../../../src/shared/contract/failure.ts'
import { defaultSettings } from '../../../../src/shared/contract/default-settings.ts'
import { newEntry, sha256 } from '../../../helpers/storage/new-entry.ts'
import { temporaryFolder } from '../../../helpers/storage/temporary-folder.ts'

const bytes = new Uint8Array([1, 2, 3])
const picture = { sha256: sha256(bytes), name: 'cat.png', width: 4, height: 3, notes: ['first of 2 frames'] }
const all = { search: '', offset: 0, limit: 10 }

describe('a storage', () => {
  it('gives everything back after a restart', async () => {
    using folder = temporaryFolder()
    const first = await openStorage(folder.path)
    await first.pictures.add(picture, bytes)
    const { id } = first.history.add(newEntry('a', { picture: { sha256: picture.sha256, name: picture.name } }))
    first.history.note(id, 'remember')
    first.history.pin(id, true)
    first.settings.set({ theme: 'dark', lastEntry: id })
    first.keyValues.remember('model', 'other')
    first.cache.put('explanation', 'key', bytes)
    const entry = first.history.find(id)
    first.close()

    const second = await openStorage(folder.path)
    expect(second.notices).toEqual([])
    expect(second.history.find(id)).toEqual(entry)
    expect(second.pictures.find(picture.sha256)).toEqual(picture)
    expect(await second.pictures.bytes(picture.sha256)).toEqual(Buffer.from(bytes))
    expect(second.settings.get()).toEqual({ ...defaultSettings, theme: 'dark', lastEntry: id })
    expect(second.keyValues.recall('model')).toBe('other')
    expect(second.cache.get('explanation', 'key')).toEqual(Buffer.from(bytes))
    second.close()
  })

  it('forgets what was deleted, and pictures nobody refers to, at the next start and not before', async () => {
    using folder = temporaryFolder()
    const other = new Uint8Array([9])
    const first = await openStorage(folder.path)
    await first.pictures.add(picture, bytes)
    await first.pictures.add({ ...picture, sha256: sha256(other) }, other)
    first.history.add(newEntry('kept', { picture: { sha256: sha256(other), name: 'x' } }))
    const { id } = first.history.add(newEntry('a', { picture: { sha256: picture.sha256, name: 'x' } }))
    first.history.remove([id])
    expect(await first.pictures.bytes(picture.sha256)).not.toBeNull()
    first.close()

    const second = await openStorage(folder.path)
    expect(() => second.history.restore([id])).toThrow()
    expect(second.pictures.find(picture.sha256)).toBeNull()
    expect(readdirSync(join(folder.path, 'pictures'))).toEqual([sha256(other)])
    second.close()
  })

  it('works without its cache: wiped between two sessions, the library is whole', async () => {
    using folder = temporaryFolder()
    const first = await openStorage(folder.path)
    first.history.add(newEntry('a'))
    first.cache.put('explanation', 'key', bytes)
    first.close()
    writeFileSync(join(folder.path, 'cache.db'), 'no database')
    const second = await openStorage(folder.path)
    expect(second.history.list(all).total).toBe(1)
    expect(second.cache.get('explanation', 'key')).toBeNull()
    expect(second.cache.put('explanation', 'key', bytes)).toBe(true)
    expect(second.notices.join()).toContain('Stored results')
    second.close()
    expect(readdirSync(folder.path).filter((name) => name.startsWith('cache.db.corrupt-'))).toHaveLength(1)
  })

  it('does not take a picture whose file was changed for the picture, and takes it in again', async () => {
    using folder = temporaryFolder()
    const storage = await openStorage(folder.path)
    await storage.pictures.add(picture, bytes)
    writeFileSync(join(folder.path, 'pictures', picture.sha256), 'changed')
    expect(await storage.pictures.bytes(picture.sha256)).toBeNull()
    await storage.pictures.add(picture, bytes)
    expect(await storage.pictures.bytes(picture.sha256)).toEqual(Buffer.from(bytes))
    storage.close()
  })

  it('in a folder that cannot be one works in memory and names it', async () => {
    using folder = temporaryFolder()
    const blocked = join(folder.path, 'file', 'profile')
    writeFileSync(join(folder.path, 'file'), '')
    const storage = await openStorage(blocked)
    expect(storage.notices.join()).toContain(blocked)
    await storage.pictures.add(picture, bytes)
    const { id } = storage.history.add(newEntry('a', { picture: { sha256: picture.sha256, name: 'x' } }))
    expect(storage.history.find(id)?.prompt).toBe('a')
    expect(await storage.pictures.bytes(picture.sha256)).toEqual(bytes)
    expect(storage.cache.put('explanation', 'key', bytes)).toBe(true)
    storage.close()
  })

  it('refuses a second user of the folder, and is free again once closed', async () => {
    using folder = temporaryFolder()
    const first = await openStorage(folder.path)
    const code = await openStorage(folder.path).then(
      () => null,
      (error: unknown) => failureOf(error)?.code,
    )
    expect(code).toBe('profile-locked')
    first.history.add(newEntry('still works'))
    first.close()
    const second = await openStorage(folder.path)
    expect(second.history.list(all).total).toBe(1)
    second.close()
  })

  it.each([
    ['no JSON', '{', defaultSettings],
    ['a list', '[]', defaultSettings],
    ['one wrong setting among good ones', '{"theme":"pink","opacity":0.5}', { ...defaultSettings, opacity: 0.5 }],
    ['hostile keys', '{"__proto__":{"theme":"dark"},"opacity":7}', defaultSettings],
  ])('with settings that are %s takes what is valid, and says so', async (_, json, expected) => {
    using folder = temporaryFolder()
    const first = await openStorage(folder.path)
    first.keyValues.remember('settings', json)
    first.close()
    const second = await openStorage(folder.path)
    expect(second.settings.get()).toEqual(expected)
    expect(second.notices.join()).toContain(json === '[]' ? '' : 'settings')
    second.settings.set({ theme: 'light' })
    second.close()
    const third = await openStorage(folder.path)
    expect(third.notices).toEqual([])
    third.close()
  })

  it('gives work that outlives it a quiet end', async () => {
    using folder = temporaryFolder()
    const storage = await openStorage(folder.path)
    storage.close()
    expect(codeOf(() => storage.history.add(newEntry('late')))).toBe('cancelled')
    expect(storage.cache.put('explanation', 'key', bytes)).toBe(false)
  })

  it.each([
    ['SQLITE_FULL', 'library-unusable', false],
    ['SQLITE_IOERR_WRITE', 'library-unusable', false],
    ['SQLITE_BUSY', 'library-unusable', false],
    ['SQLITE_CORRUPT', 'library-unusable', true],
  ])('says what %s means and examines the library at the next start if need be', async (code, failure, examined) => {
    using folder = temporaryFolder()
    const storage = await openStorage(folder.path)
    const { id } = storage.history.add(newEntry('a'))
    const statement = Object.getPrototypeOf(new Database(':memory:').prepare('SELECT 1')) as { run: () => unknown }
    const broken = vi.spyOn(statement, 'run').mockImplementation(() => {
      throw new Database.SqliteError('the disk', code)
    })
    for (const write of [
      () => storage.history.note(id, 'x'),
      () => storage.history.pin(id, true),
      () => storage.history.remove([id]),
      () => storage.history.restore([id]),
      () => storage.settings.set({ theme: 'dark' }),
      () => storage.keyValues.remember('model', 'm'),
    ])
      expect(codeOf(write)).toBe(failure)
    broken.mockRestore()
    expect(storage.settings.get().theme).toBe('system')
    expect(storage.history.find(id)).toMatchObject({ note: '', pinned: false })
    storage.close()
    expect(existsSync(join(folder.path, 'session.open'))).toBe(examined)
  })
})

function codeOf(work: () => unknown): string | undefined {
  try {
    work()
    return undefined
  } catch (error) {
    return failureOf(error)?.code
  }
}
