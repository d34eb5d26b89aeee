import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { MakeExport } from '../../../../../src/main/app/handlers/export.ts'
import { failureOf } from '../../../../../src/shared/contract/failure.ts'
import { wholeAnswer } from '../../../../../src/shared/explanation/question.ts'
import { position } from '../../../../../src/shared/values/brand.ts'
import { ask, collect, savedIn } from '../../../../helpers/app/asking.ts'
import type { TestApp } from '../../../../helpers/app/test-app.ts'
import { openTestApp } from '../../../../helpers/app/test-app.ts'
import { temporaryFolder } from '../../../../helpers/storage/temporary-folder.ts'

describe('an export of an entry', () => {
  let folder: ReturnType<typeof temporaryFolder>
  let app: TestApp
  let asked: Parameters<MakeExport>[]
  beforeEach(async () => {
    folder = temporaryFolder()
    asked = []
    const makeExport: MakeExport = async (...call) => {
      asked.push(call)
      return { name: 'x.svg', mime: 'image/svg+xml', bytes: new Uint8Array(1) }
    }
    app = await openTestApp(join(folder.path, 'profile'), { makeExport })
  })
  afterEach(() => {
    app[Symbol.dispose]()
    folder[Symbol.dispose]()
  })
  const display = { theme: 'dark', smooth: true, view: 'matrix' } as const
  const exported = async (): Promise<Parameters<MakeExport>> => {
    const entry = savedIn(await collect(app.stream('explain.start', ask('one'))))
    await app.call('export.make', { entries: [entry], format: 'svg', question: wholeAnswer, display })
    return asked[0] as Parameters<MakeExport>
  }

  it('is made of the question that was asked and as it is seen', async () => {
    const [, options] = await exported()
    expect(options).toMatchObject({ format: 'svg', question: wholeAnswer, display, version: '1.2.3' })
  })

  it('runs one pass for a part whose loss is asked about', async () => {
    const [[source]] = await exported()
    const pass = await source?.joint({ kind: 'text', positions: [0, 1].map(position) })
    expect(pass?.members).toEqual([0, 1])
    expect(app.engine.calls.filter((call) => call.startsWith('jointPasses'))).toEqual(['jointPasses 0 1'])
  })

  it('finds the entry that it is compared with, or says that there is none', async () => {
    const [[source], { entry }] = await exported()
    const other = savedIn(await collect(app.stream('explain.start', ask('two'))))
    expect(entry(other).entry.prompt).toBe('two')
    expect((await entry(other).explanation()).prompt.text).toBe('two')
    expect(source?.entry.prompt).toBe('one')
    const missing = (): unknown => entry('0f8b4c1e-0000-4000-8000-000000000000')
    try {
      missing()
      expect.unreachable()
    } catch (error) {
      expect(failureOf(error)?.code).toBe('entry-missing')
    }
  })
})
