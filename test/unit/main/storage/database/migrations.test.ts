import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { listBackups } from '../../../../../src/main/storage/database/backups.ts'
import { librarySchema } from '../../../../../src/main/storage/library/library-schema.ts'
import { migrate, schemaVersion } from '../../../../../src/main/storage/database/migrations.ts'
import { cacheSchema } from '../../../../../src/main/storage/cache/open-cache.ts'
import type { Schema } from '../../../../../src/main/storage/database/open-database.ts'
import { openLibrary } from '../../../../../src/main/storage/library/open-library.ts'
import { openStorage } from '../../../../../src/main/storage/storage.ts'
import { temporaryFolder } from '../../../../helpers/storage/temporary-folder.ts'

const fixture = readFileSync(new URL('../../../../fixtures/storage/library-v1.sql', import.meta.url), 'utf8')

function placeFixture(folder: string): string {
  const path = join(folder, 'library.db')
  const database = new Database(path)
  database.exec(fixture)
  database.close()
  return path
}

/** Tables with their columns, indexes, and what they are made of, however the SQL was written. */
function schemaOf(database: Database.Database): unknown {
  const tables = database.prepare(`SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name`).pluck().all() as string[]
  const columns = (table: string): unknown =>
    (database.pragma(`table_xinfo(${table})`) as { cid: number }[]).map(({ cid: _, ...column }) => column)
  const indexes = database.prepare(`SELECT name, tbl_name FROM sqlite_schema WHERE type = 'index' ORDER BY name`).all()
  return { version: schemaVersion(database), indexes, tables: tables.map((table) => ({ table, columns: columns(table) })) }
}

function inMemory({ migrations }: Schema, until = migrations.length): Database.Database {
  const database = new Database(':memory:')
  migrate(database, migrations.slice(0, until))
  return database
}

describe('the library of version 1', () => {
  it('is what the first migration makes', () => {
    const released = new Database(':memory:')
    released.exec(fixture)
    expect(schemaOf(released)).toEqual(schemaOf(inMemory(librarySchema, 1)))
  })

  it('becomes what a new one is, after a backup, and keeps everything', async () => {
    using folder = temporaryFolder()
    placeFixture(folder.path)
    const { database } = await openLibrary(folder.path, false)
    expect(schemaOf(database)).toEqual(schemaOf(inMemory(librarySchema)))
    database.close()
    const [backup = ''] = listBackups(folder.path)
    expect(schemaVersion(new Database(backup, { readonly: true }))).toBe(1)

    const storage = await openStorage(folder.path)
    const { entries } = storage.history.list({ search: '', offset: 0, limit: 10 })
    expect(entries.map(({ note, prompt }) => [note, prompt])).toEqual([
      ['Schön', 'This is a picture of'],
      ['', 'Milo lives in Oslo.'],
    ])
    expect(entries[1]?.question).toMatchObject({ target: ' Oslo.', chunks: 'sentence', suppression: { layers: [0, 2] } })
    expect(storage.history.list({ search: 'schon katzen', offset: 0, limit: 10 }).total).toBe(1)
    expect(storage.settings.get().theme).toBe('dark')
    storage.close()
  })

  it.each(librarySchema.migrations.map((_, step) => step))(
    'is unchanged when step %d fails, version included, and the backup is there',
    async (step) => {
      using folder = temporaryFolder()
      const path = placeFixture(folder.path)
      const before = schemaOf(new Database(path, { readonly: true }))
      const migrations = librarySchema.migrations.map((migration, place) =>
        place === Math.max(1, step) ? failAfter(migration) : migration,
      )
      await expect(openLibrary(folder.path, false, { ...librarySchema, migrations })).rejects.toThrow('the power went')
      const database = new Database(path, { readonly: true })
      expect(schemaOf(database)).toEqual(before)
      expect(database.prepare('SELECT count(*) FROM entries').pluck().get()).toBe(2)
      expect(listBackups(folder.path)).toHaveLength(1)
    },
  )
})

function failAfter(migration: (database: Database.Database) => void) {
  return (database: Database.Database): void => {
    migration(database)
    throw new Error('the power went')
  }
}

describe.each([
  ['library', librarySchema],
  ['cache', cacheSchema],
])('migrations of the %s', (_, schema) => {
  it('do nothing the second time', () => {
    const database = inMemory(schema)
    const before = schemaOf(database)
    migrate(database, schema.migrations)
    expect(schemaOf(database)).toEqual(before)
  })
})
