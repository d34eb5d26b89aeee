import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { codeOf } from '../../../../helpers/app/asking.ts'
import type { TestApp } from '../../../../helpers/app/test-app.ts'
import { makeModelLookalike, openTestApp } from '../../../../helpers/app/test-app.ts'
import { temporaryFolder } from '../../../../helpers/storage/temporary-folder.ts'

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

  describe('with several models', () => {
    beforeEach(async () => {
      for (const [place, name] of [
        ['one', 'twin'],
        ['two', 'twin'],
        ['two', 'empty'],
      ] as const)
        makeModelLookalike(join(folder.path, place), name)
      app[Symbol.dispose]()
      app = await openTestApp(join(folder.path, 'profile'), {
        modelFolders: [join(folder.path, 'one'), join(folder.path, 'two')],
        firstModel: 'twin',
      })
    })
    it('tells those of one name apart and never gives a path away', async () => {
      const list = await app.call('models.list', {})
      expect(list.map(({ id }) => id)).toEqual(['empty', 'twin', 'twin~2'])
      expect(JSON.stringify(list)).not.toContain(folder.path)
    })
    it('begins with the one used last, or says why not and takes the first', async () => {
      await app.call('models.use', { id: 'empty' })
      app[Symbol.dispose]()
      app = await openTestApp(join(folder.path, 'profile'), { modelFolders: [join(folder.path, 'two')], firstModel: 'twin' })
      expect((await app.call('app.state', {})).model.name).toBe('empty')
      app[Symbol.dispose]()
      app = await openTestApp(join(folder.path, 'profile'), { modelFolders: [join(folder.path, 'one')], firstModel: 'twin' })
      const state = await app.call('app.state', {})
      expect(state.model.name).toBe('twin')
      expect(state.notices.join()).toContain('empty')
      expect((await app.call('app.state', {})).notices).toEqual([])
    })
    it('refuses one that is not there', async () => {
      expect(await codeOf(app.call('models.use', { id: '../one/twin' }))).toBe('model-missing')
    })
  })
})
