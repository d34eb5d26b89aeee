import Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { sqliteTrouble, storageReason } from '../../../../../src/main/storage/database/sqlite-trouble.ts'

const sqlite = (code: string) => new Database.SqliteError('message', code)

describe('an error of SQLite', () => {
  it.each([
    ['SQLITE_CORRUPT_INDEX', 'damaged', 'its content is damaged'],
    ['SQLITE_NOTADB', 'damaged', 'its content is damaged'],
    ['SQLITE_FULL', 'unavailable', 'the disk is full'],
    ['SQLITE_BUSY_SNAPSHOT', 'unavailable', 'another program uses it'],
    ['SQLITE_IOERR_READ', 'unavailable', 'the disk reports an error (SQLITE_IOERR_READ)'],
    ['SQLITE_CONSTRAINT', null, null],
  ])('%s means %s: %s', (code, trouble, reason) => {
    expect([sqliteTrouble(sqlite(code)), storageReason(sqlite(code))]).toEqual([trouble, reason])
  })
})

describe('storageReason', () => {
  it('words an error of the system as every file does', () => {
    expect(storageReason(Object.assign(new Error('full'), { code: 'ENOSPC', syscall: 'write' }))).toBe('the disk is full')
  })
  it('leaves a bug alone', () => {
    expect(storageReason(new TypeError('a bug'))).toBeNull()
  })
})
