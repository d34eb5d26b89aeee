import Database from 'better-sqlite3'
import { fc, test } from '@fast-check/vitest'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Cache } from '../../../../../src/main/storage/cache/cache.ts'
import { cacheOver } from '../../../../../src/main/storage/cache/cache.ts'
import { migrate } from '../../../../../src/main/storage/database/migrations.ts'
import { cacheSchema, openCache } from '../../../../../src/main/storage/cache/open-cache.ts'
import { temporaryFolder } from '../../../../helpers/storage/temporary-folder.ts'

function openMemory(limit = 1000): { cache: Cache; database: Database.Database } {
  const database = new Database(':memory:')
  migrate(database, cacheSchema.migrations)
  return { database, cache: cacheOver(database, limit) }
}
const value = (length: number, fill = 1): Uint8Array => new Uint8Array(length).fill(fill)

describe('the cache', () => {
  let cache: Cache
  let database: Database.Database
  beforeEach(() => {
    ;({ cache, database } = openMemory())
  })

  afterEach(() => void vi.restoreAllMocks())

  it('gives back what it keeps, by kind and key', () => {
    cache.put('explanation', 'a', value(3, 7))
    expect(cache.get('explanation', 'a')).toEqual(Buffer.from([7, 7, 7]))
    expect(cache.get('completion', 'a')).toBeNull()
    expect(cache.get('explanation', 'b')).toBeNull()
    expect(cache.has('explanation', ['a', 'b'])).toEqual(new Set(['a']))
  })

  it('replaces a value', () => {
    cache.put('explanation', 'a', value(30))
    cache.put('explanation', 'a', value(10, 2))
    expect(cache.get('explanation', 'a')?.length).toBe(10)
    expect(cache.bytes).toBe(10)
  })

  it('forgets the least recently used first', () => {
    for (const key of ['a', 'b', 'c']) cache.put('display', key, value(300))
    cache.get('display', 'a')
    cache.put('display', 'd', value(300))
    expect(cache.has('display', ['a', 'b', 'c', 'd'])).toEqual(new Set(['a', 'c', 'd']))
  })

  it('keeps explanations longer than pictures that were used later', () => {
    cache.put('explanation', 'a', value(500))
    cache.put('display', 'b', value(400))
    cache.put('display', 'c', value(400))
    expect(cache.has('explanation', ['a']).size).toBe(1)
    expect(cache.has('display', ['b', 'c'])).toEqual(new Set(['c']))
  })

  it('refuses a value larger than itself and keeps the others', () => {
    cache.put('display', 'a', value(100))
    expect(cache.put('display', 'b', value(1001))).toBe(false)
    expect(cache.get('display', 'a')).not.toBeNull()
  })

  test.prop([fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c', 'd', 'e'), fc.integer({ min: 0, max: 700 })), { maxLength: 30 })])(
    'never holds more than its limit, and always what came last',
    (puts) => {
      const { cache: any, database: own } = openMemory()
      for (const [key, length] of puts) {
        expect(any.put('display', key, value(length))).toBe(true)
        expect(any.get('display', key)?.length).toBe(length)
        expect(any.bytes).toBeLessThanOrEqual(1000)
        expect(any.bytes).toBe(own.prepare('SELECT coalesce(sum(length(value)), 0) FROM cached').pluck().get())
      }
    },
  )

  test.prop([fc.nat(99), fc.integer({ min: 1, max: 255 })])(
    'takes a value with a flipped bit for missing, and forgets it',
    (place, flip) => {
      const { cache: any, database: own } = openMemory()
      const stored = Buffer.from(value(100))
      any.put('explanation', 'a', stored)
      stored[place] = (stored[place] ?? 0) ^ flip
      own.prepare('UPDATE cached SET value = ?').run(stored)
      expect(any.get('explanation', 'a')).toBeNull()
      expect(any.has('explanation', ['a']).size).toBe(0)
      expect(any.bytes).toBe(0)
    },
  )

  it('is "not cached" on a full disk, and works again once there is room', () => {
    const pages = database.pragma('page_count', { simple: true }) as number
    const { cache: large } = { cache: cacheOver(database, 10_000_000) }
    database.pragma(`max_page_count = ${pages + 3}`)
    expect(large.put('explanation', 'a', value(100_000))).toBe(false)
    expect(large.bytes).toBe(0)
    expect(large.get('explanation', 'a')).toBeNull()
    expect(large.put('explanation', 'b', value(100))).toBe(true)
    database.pragma('max_page_count = 100000')
    expect(large.put('explanation', 'a', value(100_000))).toBe(true)
    expect(database.pragma('quick_check', { simple: true })).toBe('ok')
  })

  it.each(['SQLITE_IOERR_WRITE', 'SQLITE_IOERR_READ', 'SQLITE_BUSY', 'SQLITE_READONLY', 'SQLITE_CORRUPT'])(
    'is "not cached" on %s, at every statement',
    (code) => {
      cache.put('explanation', 'a', value(10))
      const broken = new Database(':memory:')
      migrate(broken, cacheSchema.migrations)
      const own = cacheOver(broken, 1000)
      breakStatements(broken, code)
      expect(own.put('explanation', 'a', value(10))).toBe(false)
      expect(own.get('explanation', 'a')).toBeNull()
      expect(own.has('explanation', ['a']).size).toBe(0)
      expect(() => own.clear()).not.toThrow()
      expect(own.damaged).toBe(code === 'SQLITE_CORRUPT')
    },
  )

  it('stays out of the way of another writer', () => {
    using folder = temporaryFolder()
    const { database: one } = openCache(folder.path, false)
    const { database: other } = openCache(folder.path, false)
    one.pragma('busy_timeout = 0')
    other.exec('BEGIN IMMEDIATE')
    const mine = cacheOver(one, 1000)
    expect(mine.put('display', 'a', value(10))).toBe(false)
    other.exec('ROLLBACK')
    expect(mine.put('display', 'a', value(10))).toBe(true)
    one.close()
    other.close()
  })

  it('still fails for a bug', () => {
    database.exec('DROP TABLE cached')
    expect(() => cache.get('display', 'a')).toThrow('no such table')
  })

  it('is empty for work that outlives its session', () => {
    cache.put('display', 'a', value(10))
    database.close()
    expect(cache.get('display', 'a')).toBeNull()
    expect(cache.put('display', 'a', value(10))).toBe(false)
  })

  it('is wiped', () => {
    cache.put('display', 'a', value(10))
    cache.clear()
    expect(cache.bytes).toBe(0)
    expect(cache.get('display', 'a')).toBeNull()
  })
})

/** Lets every statement of a database fail as the disk would. */
function breakStatements(database: Database.Database, code: string): void {
  const sample = database.prepare('SELECT 1')
  const prototype = Object.getPrototypeOf(sample) as Record<'run' | 'get' | 'all' | 'iterate', () => never>
  const refuse = (): never => {
    throw new Database.SqliteError('the disk', code)
  }
  for (const method of ['run', 'get', 'all', 'iterate'] as const) vi.spyOn(prototype, method).mockImplementation(refuse)
  vi.spyOn(database, 'exec').mockImplementation(refuse)
}
