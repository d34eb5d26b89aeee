import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { methods } from '../../../../src/shared/contract/methods.ts'
import { defaultSampling, defaultSuppression } from '../../../../src/shared/explanation/parameters.ts'
import { wholeAnswer } from '../../../../src/shared/explanation/question.ts'
import type { ExplainStreamEvent } from '../../../../src/shared/contract/events.ts'
import type { ExplainRequest } from '../../../helpers/app/asking.ts'
import { all, ask, codeOf, collect, doneIn, follow, kinds, savedIn, until } from '../../../helpers/app/asking.ts'
import type { TestApp } from '../../../helpers/app/test-app.ts'
import { makeModelLookalike, openTestApp } from '../../../helpers/app/test-app.ts'
import { temporaryFolder } from '../../../helpers/storage/temporary-folder.ts'

describe('Whence', () => {
  let folder: ReturnType<typeof temporaryFolder>
  let app: TestApp
  beforeEach(async () => {
    folder = temporaryFolder()
    app = await openTestApp(join(folder.path, 'profile'))
  })
  afterEach(() => {
    vi.restoreAllMocks()
    app[Symbol.dispose]()
    folder[Symbol.dispose]()
  })
  const explain = (request: ExplainRequest): Promise<ExplainStreamEvent[]> => collect(app.stream('explain.start', request))
  const explained = (): string[] => app.engine.calls.filter((call) => call.startsWith('explain'))
  const restart = async (): Promise<void> => {
    app[Symbol.dispose]()
    app = await openTestApp(join(folder.path, 'profile'))
  }

  it('answers every line of the contract that is not native, and nothing else', () => {
    const expected = Object.entries(methods).filter(([, { native }]) => !native)
    expect(Object.keys(app.handlers).sort()).toEqual(expected.map(([name]) => name).sort())
  })

  describe('on the first start', () => {
    it('has the sample explained already, without loading a model, once', async () => {
      const { entries } = await app.call('history.list', all)
      expect(entries).toMatchObject([{ completion: ' three cats and a dog.', pictureName: 'cats.png', cached: true }])
      const { explanation } = await app.call('history.open', { id: entries[0]?.id ?? '' })
      expect(explanation?.relevance.values.length).toBe((explanation?.inputs.length ?? 0) * (explanation?.targets.length ?? 0))
      expect(app.engine.calls).toEqual([])
      expect(await app.call('app.state', {})).toMatchObject({
        sample: entries[0]?.id,
        version: '1.2.3',
        host: 'browser',
        notices: [],
      })
      await restart()
      expect((await app.call('history.list', all)).total).toBe(1)
    })

    it('does not bring the sample back once it was deleted', async () => {
      const { sample } = await app.call('app.state', {})
      await app.call('history.delete', { ids: [sample ?? ''] })
      expect((await app.call('app.state', {})).sample).toBeNull()
      await restart()
      expect(await app.call('app.state', {})).toMatchObject({ sample: null })
      expect((await app.call('history.list', all)).total).toBe(0)
    })
  })

  describe('asked to explain', () => {
    it('computes once; after that the cache answers, also after a restart', async () => {
      const first = await explain(ask('one'))
      expect(kinds(first)).toEqual(['prompt', 'done', 'saved'])
      expect(doneIn(first)?.cached).toBe(false)
      const again = await explain(ask('one'))
      expect(again).toMatchObject([
        { kind: 'done', cached: true },
        { kind: 'saved', entry: savedIn(first) },
      ])
      expect(doneIn(again)?.explanation).toEqual(doneIn(first)?.explanation)
      expect(explained()).toEqual(['explain one'])
      await restart()
      const opened = await app.call('history.open', { id: savedIn(first) })
      expect(opened.explanation).toEqual(doneIn(first)?.explanation)
      expect(app.engine.calls).toEqual([])
      expect(doneIn(await explain(ask('one')))?.cached).toBe(true)
      expect(explained()).toEqual([])
    })

    it('computes again when asked for a fresh answer', async () => {
      await explain(ask('one'))
      expect(doneIn(await explain(ask('one', { fresh: true })))?.cached).toBe(false)
      expect(explained()).toEqual(['explain one', 'explain one'])
      expect((await app.call('history.list', { ...all, search: 'one' })).total).toBe(1)
    })

    it('does not take one model for another', async () => {
      makeModelLookalike(join(folder.path, 'models'), 'twin')
      app[Symbol.dispose]()
      app = await openTestApp(join(folder.path, 'profile'), {
        modelFolders: [join(import.meta.dirname, '../../../../models'), join(folder.path, 'models')],
      })
      const first = await explain(ask('one'))
      expect((await app.call('models.use', { id: 'twin' })).model.name).toBe('twin')
      const second = await explain(ask('one'))
      expect(doneIn(second)).toMatchObject({ cached: false, explanation: { model: { name: 'twin' } } })
      expect(savedIn(second)).not.toBe(savedIn(first))
      expect(await codeOf(app.call('similarity.get', { id: savedIn(first) }))).toBe('entry-numbers-gone')
    })

    it('has the entry in the library and the numbers in the cache before it tells', async () => {
      for await (const event of app.stream('explain.start', ask('one'))) {
        if (event.kind !== 'done') continue
        const { entries } = await app.call('history.list', { ...all, search: 'one' })
        expect(entries).toMatchObject([{ prompt: 'one', cached: true }])
      }
    })

    it('answers from the cache at once while the engine is busy', async () => {
      await explain(ask('one'))
      const busy = explain(ask('hold'))
      await until(() => app.engine.busy.now === 1)
      expect(doneIn(await explain(ask('one')))?.cached).toBe(true)
      app.engine.release()
      expect(kinds(await busy)).toContain('saved')
    })

    it('lets others wait, tells them so, and answers the same question only once', async () => {
      const first = explain(ask('hold'))
      await until(() => app.engine.busy.now === 1)
      const second = follow(app.stream('explain.start', ask('hold')))
      await until(() => second.seen.length === 1)
      app.engine.release()
      await first
      await second.end
      expect(kinds(second.seen)).toEqual(['queued', 'done', 'saved'])
      expect(explained()).toEqual(['explain hold'])
      expect(app.engine.busy.most).toBe(1)
    })

    it('keeps nothing of a question that was cancelled or broke', async () => {
      const controller = new AbortController()
      const work = collect(app.stream('explain.start', ask('hold'), controller.signal))
      await until(() => app.engine.busy.now === 1)
      controller.abort()
      expect(await codeOf(work)).toBe('cancelled')
      expect(await codeOf(explain(ask('fail')))).toBe('a bug in the engine')
      expect((await app.call('history.list', { ...all, search: 'hold' })).total).toBe(0)
      expect((await app.call('history.list', { ...all, search: 'fail' })).total).toBe(0)
      expect(kinds(await explain(ask('next')))).toContain('saved')
    })

    it('stops a reader who leaves without holding up the others', async () => {
      const events = app.stream('explain.start', ask('one'))
      await events.next()
      await events.return(undefined)
      expect(kinds(await explain(ask('two')))).toContain('saved')
      expect(app.engine.busy.now).toBe(0)
    })

    it('interrupts the filling of the bank, which goes on afterwards', async () => {
      const { sha256 } = await app.call('samples.open', { name: 'cats' })
      const prepared = follow(app.stream('picture.prepare', { sha256, suppression: { ...defaultSuppression, layers: null } }))
      const done = (): number[] => prepared.seen.flatMap((event) => (event.kind === 'bank-progress' ? [event.progress.done] : []))
      await until(() => app.engine.busy.now === 1)
      app.engine.release()
      await until(() => done().length === 1)
      expect(kinds(await explain(ask('one')))).toContain('saved')
      for (const passes of [2, 3]) {
        await until(() => app.engine.busy.now === 1)
        app.engine.release()
        await until(() => done().length === passes)
      }
      await prepared.end
      expect(done()).toEqual([1, 2, 3])
      expect(app.engine.calls.filter((call) => call === 'prepare')).toHaveLength(2)
      expect(app.engine.busy.most).toBe(1)
    })

    it('computes again what the cache has lost or holds with a flipped bit', async () => {
      const first = await explain(ask('one'))
      const cache = new Database(join(folder.path, 'profile', 'cache.db'))
      const flipped = cache.prepare(`SELECT key, value FROM cached WHERE kind = 'explanation' ORDER BY used DESC`).get() as {
        key: string
        value: Buffer
      }
      flipped.value[flipped.value.length - 1] = (flipped.value.at(-1) ?? 0) ^ 1
      cache.prepare('UPDATE cached SET value = ? WHERE key = ?').run(flipped.value, flipped.key)
      cache.close()
      expect(await app.call('history.open', { id: savedIn(first) })).toMatchObject({
        explanation: null,
        entry: { cached: false },
      })
      const again = await explain(ask('one'))
      expect(doneIn(again)?.cached).toBe(false)
      expect(savedIn(again)).toBe(savedIn(first))
    })

    it('goes on without a cache', async () => {
      vi.spyOn(app.storage.cache, 'put').mockReturnValue(false)
      const events = await explain(ask('one'))
      expect(kinds(events)).toEqual(['prompt', 'done', 'saved'])
      expect(await app.call('history.open', { id: savedIn(events) })).toMatchObject({ explanation: null })
      const file = await app.call('export.make', {
        entries: [savedIn(events)],
        format: 'json',
        question: wholeAnswer,
        display: { theme: 'light', smooth: false, view: 'map' },
      })
      expect(file.bytes.length).toBeGreaterThan(0)
      expect(explained()).toHaveLength(2)
    })

    it('shows the result even when the library cannot be written, and then says so', async () => {
      const statement = Object.getPrototypeOf(new Database(':memory:').prepare('SELECT 1')) as {
        get: (...values: unknown[]) => unknown
      }
      const real = statement.get
      vi.spyOn(statement, 'get').mockImplementation(function (this: { source: string }, ...values) {
        if (this.source.includes('INSERT INTO entries')) throw new Database.SqliteError('the disk', 'SQLITE_FULL')
        return real.apply(this, values)
      })
      const told: string[] = []
      const work = (async () => {
        for await (const { kind } of app.stream('explain.start', ask('one'))) told.push(kind)
      })()
      expect(await codeOf(work)).toBe('library-unusable')
      expect(told).toEqual(['prompt', 'done'])
    })
  })

  it('writes once, then remembers, and never takes a steered text for a plain one', async () => {
    const { fresh: _, target: __, targets: ___, chunks: ____, ...question } = ask('write')
    const request = { ...question, steering: [] }
    const first = await collect(app.stream('generate.start', request))
    expect(await collect(app.stream('generate.start', request))).toEqual(first)
    await collect(app.stream('generate.start', { ...request, steering: [{ positions: [1], factor: 0 }] }))
    expect(app.engine.calls.filter((call) => call.startsWith('generate'))).toHaveLength(2)
  })

  it('compares the positions of an entry once', async () => {
    const entry = savedIn(await explain(ask('one')))
    const first = await app.call('similarity.get', { id: entry })
    expect(await app.call('similarity.get', { id: entry })).toEqual(first)
    expect(app.engine.calls.filter((call) => call === 'similarity')).toHaveLength(1)
  })

  it('knows the licences of everything inside', async () => {
    const licences = await app.call('app.licences', {})
    expect(licences.map(({ name }) => name)).toEqual(expect.arrayContaining(['sharp', 'react', 'Inter (typeface)']))
  })

  it('keeps a thousand entries and finds one of them', async () => {
    app[Symbol.dispose]()
    // Below a file: a library in memory, which need not wait for the disk a thousand times.
    app = await openTestApp(join(import.meta.filename, 'profile'))
    for (let place = 0; place < 1000; place++) app.storage.history.add({ ...entryNamed(`entry ${place}`) })
    const page = await app.call('history.list', { search: '', offset: 500, limit: 50 })
    expect(page.total).toBe(1001)
    expect(page.entries).toHaveLength(50)
    expect(
      (await app.call('history.list', { search: 'entry 777', offset: 0, limit: 50 })).entries.map(({ prompt }) => prompt),
    ).toEqual(['entry 777'])
  })
})

function entryNamed(prompt: string) {
  const question = {
    target: null,
    sampling: defaultSampling,
    suppression: defaultSuppression,
    targets: 'completion',
    chunks: null,
  } as const
  return { cacheKey: prompt, picture: null, model: { name: 'm', sha256: 'ab'.repeat(32) }, prompt, completion: '', question }
}
