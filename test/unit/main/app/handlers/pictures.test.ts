import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ExplainStreamEvent } from '../../../../../src/shared/contract/events.ts'
import type { ExplainRequest } from '../../../../helpers/app/asking.ts'
import { ask, codeOf, collect } from '../../../../helpers/app/asking.ts'
import type { TestApp } from '../../../../helpers/app/test-app.ts'
import { openTestApp } from '../../../../helpers/app/test-app.ts'
import { temporaryFolder } from '../../../../helpers/storage/temporary-folder.ts'
import { samplePicture } from '../../../../helpers/samples.ts'

describe('Whence', () => {
  let folder: ReturnType<typeof temporaryFolder>
  let app: TestApp
  beforeEach(async () => {
    folder = temporaryFolder()
    app = await openTestApp(join(folder.path, 'profile'))
  })
  afterEach(() => {
    app[Symbol.dispose]()
    folder[Symbol.dispose]()
  })
  const explain = (request: ExplainRequest): Promise<ExplainStreamEvent[]> => collect(app.stream('explain.start', request))
  const restart = async (): Promise<void> => {
    app[Symbol.dispose]()
    app = await openTestApp(join(folder.path, 'profile'))
  }

  describe('given a picture', () => {
    const { bytes } = samplePicture('safari')
    it('reads it once and shows it from then on, also after a restart', async () => {
      const added = await app.call('picture.add', { name: 'a/b\\c\u202egnp.png', bytes: new Uint8Array(bytes) })
      expect(added).toMatchObject({ name: 'cgnp.png', width: 4, height: 3, notes: ['first of 2 frames'] })
      expect(await app.call('picture.add', { name: 'again.png', bytes: new Uint8Array(bytes) })).toEqual({
        ...added,
        name: 'again.png',
      })
      const { sha256 } = added
      expect(await app.call('picture.display', { sha256 })).toEqual({ mime: 'image/png', bytes: Uint8Array.of(1) })
      expect(await app.call('picture.thumbnail', { sha256 })).toEqual({ mime: 'image/webp', bytes: Uint8Array.of(2) })
      await app.call('picture.seen', { sha256 })
      await app.call('picture.seen', { sha256 })
      expect(app.engine.calls.filter((call) => !call.startsWith('load'))).toEqual(['renderViews cgnp.png', 'renderModelInput'])
      await explain(ask('about it', { picture: sha256 }))
      await restart()
      await app.call('picture.thumbnail', { sha256 })
      expect(app.engine.calls).toEqual([])
    })

    it('makes what the cache lost again, once for all who ask', async () => {
      const { sha256 } = await app.call('picture.add', { name: 'safari.png', bytes: new Uint8Array(bytes) })
      app.storage.cache.clear()
      await Promise.all(Array.from({ length: 5 }, () => app.call('picture.thumbnail', { sha256 })))
      expect(app.engine.calls.filter((call) => call.startsWith('renderViews'))).toHaveLength(2)
    })

    it('says when it does not keep it', async () => {
      const sha256 = 'ef'.repeat(32)
      for (const name of ['picture.display', 'picture.thumbnail', 'picture.seen'] as const)
        expect(await codeOf(app.call(name, { sha256 }))).toBe('picture-forgotten')
      expect(await codeOf(explain(ask('about it', { picture: sha256 })))).toBe('picture-forgotten')
    })

    it('on the command line opens it once, or says why not', async () => {
      app[Symbol.dispose]()
      app = await openTestApp(join(folder.path, 'profile'), { opened: samplePicture('safari') })
      expect((await app.call('app.state', {})).opened?.name).toBe('safari.png')
      expect((await app.call('app.state', {})).opened).toBeNull()
    })
  })

  it.each(['../cats', 'cats.png', '__proto__', ''])('opens no sample named "%s"', async (name) => {
    expect(await codeOf(app.call('samples.open', { name }))).toBe('picture-missing')
  })
})
