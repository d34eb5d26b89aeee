import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { setAside } from '../../../../../src/main/storage/database/set-aside.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'whence-aside-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const noon = Date.UTC(2024, 0, 2, 12)

describe('setAside', () => {
  it('renames a database with its log and names the time', () => {
    for (const name of ['library.db', 'library.db-wal', 'other.db']) writeFileSync(join(folder, name), name)
    const place = setAside(join(folder, 'library.db'), noon)
    expect(basename(place)).toBe('library.db.corrupt-2024-01-02T12-00-00-000Z')
    expect(readdirSync(folder).sort()).toEqual([basename(place), `${basename(place)}-wal`, 'other.db'])
    expect(readFileSync(`${place}-wal`, 'utf8')).toBe('library.db-wal')
  })

  it('replaces nothing that was set aside in the same millisecond', () => {
    const path = join(folder, 'library.db')
    writeFileSync(path, 'first')
    const first = setAside(path, noon)
    writeFileSync(path, 'second')
    const second = setAside(path, noon)
    expect(second).toBe(`${first}-2`)
    expect([readFileSync(first, 'utf8'), readFileSync(second, 'utf8')]).toEqual(['first', 'second'])
  })
})
