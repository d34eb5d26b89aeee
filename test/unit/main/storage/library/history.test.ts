import Database from 'better-sqlite3'
import { fc, test } from '@fast-check/vitest'
import { beforeEach, describe, expect, it } from 'vitest'
import type { History } from '../../../../../src/main/storage/library/history.ts'
import { historyOver } from '../../../../../src/main/storage/library/history.ts'
import { librarySchema } from '../../../../../src/main/storage/library/library-schema.ts'
import { migrate } from '../../../../../src/main/storage/database/migrations.ts'
import { failureOf } from '../../../../../src/shared/contract/failure.ts'
import { newEntry } from '../../../../helpers/storage/new-entry.ts'

const everything = { search: '', offset: 0, limit: 500 }

function openHistory(now?: () => number): { history: History; database: Database.Database } {
  const database = new Database(':memory:')
  migrate(database, librarySchema.migrations)
  return { database, history: historyOver(database, now) }
}

describe('the history', () => {
  let history: History
  let database: Database.Database
  let time = 0
  beforeEach(() => {
    time = 0
    ;({ history, database } = openHistory(() => time++))
  })
  const prompts = (query = everything): string[] => history.list(query).entries.map(({ prompt }) => prompt)

  it('gives an entry back as it was added', () => {
    const added = history.add(newEntry('a'))
    expect(added).toMatchObject({ ...newEntry('a'), pinned: false, note: '', createdAt: 0 })
    expect(history.find(added.id)).toEqual(added)
  })

  it('shows pinned entries first, then the newest', () => {
    const [first] = ['a', 'b', 'c'].map((name) => history.add(newEntry(name)))
    history.pin(first?.id ?? '', true)
    expect(prompts()).toEqual(['a', 'c', 'b'])
    history.pin(first?.id ?? '', false)
    expect(prompts()).toEqual(['c', 'b', 'a'])
  })

  it('brings an entry with the same numbers to the top instead of adding another, with its note and pin', () => {
    const { id } = history.add(newEntry('a'))
    history.note(id, 'kept')
    history.add(newEntry('b'))
    expect(history.add(newEntry('a'))).toMatchObject({ id, note: 'kept', createdAt: 2 })
    expect(prompts()).toEqual(['a', 'b'])
  })

  it('keeps the order of entries made in the same millisecond', () => {
    const { history: still } = openHistory(() => 7)
    for (const name of ['a', 'b', 'c']) still.add(newEntry(name))
    expect(still.list(everything).entries.map(({ prompt }) => prompt)).toEqual(['c', 'b', 'a'])
  })

  it('takes a deletion back until it is purged', () => {
    const ids = ['a', 'b', 'c'].map((name) => history.add(newEntry(name)).id)
    history.remove(ids.slice(0, 2))
    expect(prompts()).toEqual(['c'])
    expect(history.find(ids[0] ?? '')).toBeNull()
    expect(history.restore([ids[0] ?? '']).map(({ prompt }) => prompt)).toEqual(['a'])
    expect(prompts()).toEqual(['c', 'a'])
    history.purge()
    expect(codeOf(() => history.restore([ids[1] ?? '']))).toBe('entry-missing')
    expect(database.prepare('SELECT count(*) FROM entries').pluck().get()).toBe(2)
  })

  it('restores all or none', () => {
    const { id } = history.add(newEntry('a'))
    history.remove([id])
    expect(codeOf(() => history.restore([id, crypto.randomUUID()]))).toBe('entry-missing')
    expect(prompts()).toEqual([])
  })

  it('brings a deleted entry back when the same is asked again', () => {
    const { id } = history.add(newEntry('a'))
    history.remove([id])
    expect(history.add(newEntry('a')).id).toBe(id)
  })

  it.each(['pin', 'note'] as const)('refuses to %s an entry that is not there', (change) => {
    const { id } = history.add(newEntry('a'))
    history.remove([id])
    expect(codeOf(() => (change === 'pin' ? history.pin(id, true) : history.note(id, 'x')))).toBe('entry-missing')
  })

  it('finds words in prompt, completion, note and picture name, whatever their case and accents', () => {
    database.prepare(`INSERT INTO pictures VALUES ('${'ab'.repeat(32)}', 'x', 1, 1, '[]', 0)`).run()
    const picture = { sha256: 'ab'.repeat(32), name: 'Café.png' }
    const { id } = history.add(newEntry('a', { prompt: 'What is this?', completion: ' three cats', picture }))
    history.add(newEntry('b'))
    history.note(id, 'Überraschung')
    for (const search of ['CATS what', 'cafe', 'uberraschung', 'ÜBERR', '  three \n cats '])
      expect(prompts({ ...everything, search })).toEqual(['What is this?'])
    expect(prompts({ ...everything, search: 'cats dog' })).toEqual([])
    expect(prompts({ ...everything, search: '%' })).toEqual([])
  })

  test.prop([fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 15 })])(
    'gives every entry on exactly one page',
    (count, limit) => {
      const { history: many } = openHistory()
      for (let place = 0; place < count; place++) many.add(newEntry(`entry ${place}`))
      const pages = Array.from({ length: Math.ceil(count / limit) }, (_, page) =>
        many.list({ search: '', offset: page * limit, limit }),
      )
      expect(pages.every(({ total }) => total === count)).toBe(true)
      expect(new Set(pages.flatMap(({ entries }) => entries.map(({ id }) => id))).size).toBe(count)
    },
  )

  it('reads a page of 5,000 entries from the index, without sorting', () => {
    const plan = database
      .prepare(
        'EXPLAIN QUERY PLAN SELECT * FROM entries WHERE deleted_at IS NULL ORDER BY pinned DESC, created_at DESC, number DESC LIMIT 50 OFFSET 4000',
      )
      .all() as { detail: string }[]
    expect(plan.map(({ detail }) => detail).join('\n')).toMatch(/USING INDEX entries_shown/)
    expect(plan.map(({ detail }) => detail).join('\n')).not.toMatch(/TEMP B-TREE/)
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
