import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { defaultSuppression } from '../../../../../src/shared/explanation/parameters.ts'
import { ask, codeOf, collect, savedIn, until } from '../../../../helpers/app/asking.ts'
import type { TestApp } from '../../../../helpers/app/test-app.ts'
import { makeModelLookalike, openTestApp } from '../../../../helpers/app/test-app.ts'
import { temporaryFolder } from '../../../../helpers/storage/temporary-folder.ts'

describe('part.suppress', () => {
  let folder: ReturnType<typeof temporaryFolder>
  let app: TestApp
  beforeEach(async () => {
    folder = temporaryFolder()
    makeModelLookalike(join(folder.path, 'models'), 'twin')
    app = await openTestApp(join(folder.path, 'profile'), {
      modelFolders: [join(import.meta.dirname, '../../../../../models'), join(folder.path, 'models')],
    })
  })
  afterEach(() => {
    app[Symbol.dispose]()
    folder[Symbol.dispose]()
  })
  const entryOf = async (...asked: Parameters<typeof ask>): Promise<string> =>
    savedIn(await collect(app.stream('explain.start', ask(...asked))))
  const passes = (): string[] => app.engine.calls.filter((call) => call.startsWith('jointPasses'))

  it('suppresses positions at once, ascending and each once, whose targets are those of the record', async () => {
    const id = await entryOf('one')
    const pass = await app.call('part.suppress', { id, positions: [4, 1, 4, 0] })
    expect(pass).toMatchObject({ members: [0, 1, 4], neighbours: true })
    expect([...pass.relevance]).toEqual([3, 3, 3])
    expect(pass.candidates).toHaveLength(15)
    expect(passes()).toEqual(['jointPasses 0 1 4'])
  })

  it('runs a part once, in whatever order it is named, also after a restart', async () => {
    const id = await entryOf('one')
    const first = await app.call('part.suppress', { id, positions: [1, 0] })
    expect(await app.call('part.suppress', { id, positions: [0, 1] })).toEqual(first)
    expect(passes()).toHaveLength(1)
    app[Symbol.dispose]()
    app = await openTestApp(join(folder.path, 'profile'))
    expect(await app.call('part.suppress', { id, positions: [0, 1, 0] })).toEqual(first)
    expect(app.engine.calls).toEqual([])
  })

  it('takes neither another part, nor another entry, nor another setting for it', async () => {
    const id = await entryOf('one')
    const single = await entryOf('one', { suppression: { ...defaultSuppression, threshold: null, layers: null } })
    const other = await entryOf('two')
    await app.call('part.suppress', { id, positions: [0, 1] })
    await app.call('part.suppress', { id, positions: [0] })
    await app.call('part.suppress', { id: other, positions: [0, 1] })
    expect(await app.call('part.suppress', { id: single, positions: [0, 1] })).toMatchObject({ neighbours: false })
    expect(passes()).toHaveLength(4)
  })

  it('refuses positions that the model does not read', async () => {
    const id = await entryOf('one')
    // Five prompt tokens and two of the three written ones.
    await expect(app.call('part.suppress', { id, positions: [6] })).resolves.toMatchObject({ members: [6] })
    expect(await codeOf(app.call('part.suppress', { id, positions: [0, 7] }))).toBe('position-out-of-range')
    expect(await codeOf(app.call('part.suppress', { id, positions: [] }))).toBe('request-invalid')
    expect(passes()).toHaveLength(1)
  })

  it('says when the entry, its numbers or its model are gone', async () => {
    expect(await codeOf(app.call('part.suppress', { id: crypto.randomUUID(), positions: [0] }))).toBe('entry-missing')
    const id = await entryOf('one')
    await app.call('models.use', { id: 'twin' })
    expect(await codeOf(app.call('part.suppress', { id, positions: [0] }))).toBe('entry-numbers-gone')
    await app.call('models.use', { id: 'whence-scenes' })
    app.storage.cache.clear()
    expect(await codeOf(app.call('part.suppress', { id, positions: [0] }))).toBe('entry-numbers-gone')
    expect(passes()).toEqual([])
  })

  it('waits while another question is at work', async () => {
    const id = await entryOf('one')
    const busy = collect(app.stream('explain.start', ask('hold')))
    await until(() => app.engine.busy.now === 1)
    const pass = app.call('part.suppress', { id, positions: [2] })
    app.engine.release()
    await busy
    expect(await pass).toMatchObject({ members: [2] })
    expect(app.engine.busy.most).toBe(1)
  })
})
