import type { ChildProcess } from 'node:child_process'
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import Database from 'better-sqlite3'
import { expect, it } from 'vitest'
import { openStorage } from '../../src/main/storage/storage.ts'
import { failureOf } from '../../src/shared/contract/failure.ts'
import { newEntry, sha256 } from '../helpers/storage/new-entry.ts'
import { temporaryFolder } from '../helpers/storage/temporary-folder.ts'

const writer = fileURLToPath(new URL('../helpers/storage/crash-writer.ts', import.meta.url))
const rounds = 20

interface Told {
  readonly notices?: readonly string[]
  readonly name: string
  readonly value: string
}

/** Starts a writer and kills it without warning after so many messages. @returns what it had told by then */
async function writeUntilKilled(folder: string, round: number, messages: number): Promise<Told[]> {
  const child = fork(writer, [folder, String(round)], { stdio: 'inherit' })
  const told: Told[] = []
  child.on('message', (message: Told) => {
    told.push(message)
    if (told.length >= messages) child.kill('SIGKILL')
  })
  const [code, signal] = (await once(child, 'exit')) as [number | null, string | null]
  expect([code, signal]).toEqual([null, 'SIGKILL'])
  return told
}

it(`loses nothing that was kept, and keeps no half of anything, in ${rounds} sessions that were killed`, async () => {
  using folder = temporaryFolder()
  const names: string[] = []
  const values: string[] = []
  for (let round = 0; round < rounds; round++) {
    const [first, ...kept] = await writeUntilKilled(folder.path, round, 1 + ((round * 7) % 23))
    expect(first?.notices).toEqual([])
    names.push(...kept.map(({ name }) => name))
    values.push(...kept.map(({ value }) => value))
  }
  for (const name of ['library.db', 'cache.db']) {
    const database = new Database(join(folder.path, name))
    expect(database.pragma('integrity_check', { simple: true })).toBe('ok')
    database.close()
  }
  const storage = await openStorage(folder.path)
  const entries = [0, 500].flatMap((offset) => storage.history.list({ search: '', offset, limit: 500 }).entries)
  for (const { prompt, completion, note } of entries) {
    expect(completion).toBe(sha256(prompt))
    expect(['', sha256(prompt)]).toContain(note)
  }
  const found = new Map(entries.map(({ prompt, note }) => [prompt, note]))
  for (const name of names) expect(found.get(name)).toBe(sha256(name))
  for (const value of values) expect(sha256(storage.cache.get('explanation', value) ?? '')).toBe(value)
  storage.close()
  expect(readdirSync(folder.path).filter((name) => name.includes('corrupt'))).toEqual([])
})

it('keeps a second process out of a profile, and lets it in once the first was killed', async () => {
  using folder = temporaryFolder()
  const first = fork(writer, [folder.path, '0'], { stdio: 'inherit' })
  await once(first, 'message')
  const code = await openStorage(folder.path).then(
    () => null,
    (error: unknown) => failureOf(error)?.code,
  )
  expect(code).toBe('profile-locked')
  await killed(first)
  const storage = await openStorage(folder.path)
  expect(storage.history.add(newEntry('mine')).prompt).toBe('mine')
  storage.close()
})

async function killed(child: ChildProcess): Promise<void> {
  child.kill('SIGKILL')
  await once(child, 'exit')
}
