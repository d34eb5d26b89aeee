/**
 * What holds for the desktop app whatever carries it: the same tests run on the stand-in and, where there is a binary, in the real
 * Electron. A difference between the two is a fault of the stand-in, and a failure.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it, type TestContext } from 'vitest'
import type { DesktopBridge, DesktopNews } from '../../src/shared/contract/desktop.ts'
import { methods } from '../../src/shared/contract/methods.ts'
import { defaultSampling, defaultSuppression } from '../../src/shared/explanation/parameters.ts'
import type { Driver } from './driver.ts'
import { electronBinary } from './electron-binary.ts'
import { launchElectron } from './electron-driver.ts'
import { launchWiring } from './wiring-driver.ts'

/** What functions see that run in the page. */
declare const whence: DesktopBridge

const sample = fileURLToPath(new URL('../../resources/samples/cats.png', import.meta.url))
const noBinary = electronBinary() === null ? 'no Electron binary here' : null

const drivers = [
  { name: 'wiring', launch: launchWiring, missing: null },
  { name: 'electron', launch: launchElectron, missing: noBinary },
] as const

describe.each(drivers)('on $name', ({ launch, missing }) => {
  let profile: string
  let app: Driver

  beforeAll(async () => {
    if (missing !== null) return
    profile = mkdtempSync(join(tmpdir(), 'whence-desktop-'))
    app = await launch({ profile, files: [] })
  })

  afterAll(async () => {
    if (missing !== null) return
    await app.close()
    rmSync(profile, { recursive: true, force: true })
  })

  const spec = (name: string, test: () => Promise<void>): void =>
    it(name, async ({ skip }: TestContext) => {
      if (missing !== null) skip(missing)
      await test()
    })

  spec('opens one window at the app’s own address', async () => {
    const urls = await app.main(
      ({ BrowserWindow }) => BrowserWindow.getAllWindows().map(({ webContents }) => webContents.getURL()),
      null,
    )
    expect(urls).toEqual(['app://whence/index.html'])
  })

  spec('offers the page four functions and nothing of Node', async () => {
    const seen = await app.page(
      () => ({
        bridge: Object.entries(whence).map(([name, value]) => [name, typeof value]),
        node: ['require', 'process', 'module', 'Buffer'].filter((name) => name in globalThis),
      }),
      null,
    )
    expect(Object.fromEntries(seen.bridge)).toEqual({
      call: 'function',
      openStream: 'function',
      takeFile: 'function',
      onNews: 'function',
    })
    expect(seen.node).toEqual([])
  })

  spec('loads the model in a process of its own and says what it is', async () => {
    const answer = await app.page(() => whence.call('app.state', {}), null)
    expect(answer).toMatchObject({ kind: 'value', value: { host: 'electron', model: { name: 'whence-scenes' } } })
  })

  spec('has a handler for every call of the contract: none is unknown', async () => {
    const calls = Object.entries(methods).flatMap(([name, { kind }]) => (kind === 'call' ? [name] : []))
    const answers = await app.page(
      async (names) => Promise.all(names.map((name) => whence.call(name, { 'no such thing': 1 }))),
      calls,
    )
    expect(answers.map((answer) => (answer.kind === 'refusal' ? answer.refusal.code : 'answered'))).toEqual(
      calls.map(() => 'request-invalid'),
    )
  })

  spec('has a handler for every stream of the contract', async () => {
    const streams = Object.entries(methods).flatMap(([name, { kind }]) => (kind === 'stream' ? [name] : []))
    const told = await app.page(
      async (names) =>
        Promise.all(
          names.map((name) => new Promise<unknown>((resolve) => void whence.openStream(name, { 'no such thing': 1 }, resolve))),
        ),
      streams,
    )
    expect(told).toEqual(
      streams.map((): unknown => ({
        kind: 'refusal',
        refusal: { code: 'request-invalid', message: expect.any(String) as string },
      })),
    )
  })

  spec('explains a picture: the events arrive in order, numbers as bytes', async () => {
    const kinds = await app.page(explainInPage, { bytes: [...readFileSync(sample)], ...asked })
    expect(kinds[0]).toBe('image-ready')
    expect(kinds).toContain('token')
    expect(kinds.indexOf('completion')).toBeLessThan(kinds.indexOf('relevance'))
    expect(kinds).toContain('Float32Array')
    expect(kinds.slice(-2)).toEqual(['saved', 'end'])
  })

  spec('ends the work when the page takes its question back, and answers the next', async () => {
    const again = await app.page(cancelInPage, {
      bytes: [...readFileSync(sample)],
      ...asked,
      prompt: 'Q: How many cats are there? A:',
    })
    expect(again.afterCancel).toBe(0)
    expect(again.next).toBe('end')
  })

  spec('opens the file of a second start in the first window; the second ends', async () => {
    const news = app.page(() => new Promise<DesktopNews>((resolve) => whence.onNews(resolve)), null)
    expect(await app.startAgain([sample])).toBe(0)
    expect(await news).toMatchObject({ kind: 'opened', picture: { name: 'cats.png', width: 768, height: 768 } })
    expect(await app.main(({ BrowserWindow }) => BrowserWindow.getAllWindows().length, null)).toBe(1)
  })
})

const asked = {
  prompt: 'This is a picture of',
  sampling: { ...defaultSampling, maxNewTokens: 4 },
  suppression: defaultSuppression,
}
type Asked = typeof asked & { readonly bytes: readonly number[] }

/** Runs in the page. */
async function explainInPage({ bytes, ...request }: Asked): Promise<string[]> {
  const added = await whence.call('picture.add', { name: 'cats.png', bytes: Uint8Array.from(bytes) })
  const { sha256 } = (added as { value: { sha256: string } }).value
  const kinds: string[] = []
  const question = { ...request, picture: sha256, target: null, targets: 'completion', chunks: null, fresh: true }
  await new Promise<void>((resolve) => {
    whence.openStream('explain.start', question, (message) => {
      if (message.kind !== 'event') {
        kinds.push(message.kind)
        resolve()
        return
      }
      const event = message.event as { kind: string; relevance?: { values: Float32Array } }
      kinds.push(event.kind)
      if (event.kind === 'relevance' && event.relevance !== undefined) kinds.push(event.relevance.values.constructor.name)
    })
  })
  return kinds
}

/** Runs in the page. */
async function cancelInPage({ bytes, ...request }: Asked): Promise<{ afterCancel: number; next: string }> {
  const added = await whence.call('picture.add', { name: 'cats.png', bytes: Uint8Array.from(bytes) })
  const { sha256 } = (added as { value: { sha256: string } }).value
  const question = { ...request, picture: sha256, target: null, targets: 'completion', chunks: null, fresh: true }
  let afterCancel = 0
  await new Promise<void>((resolve) => {
    let cancelled = false
    const cancel = whence.openStream('explain.start', question, () => {
      if (cancelled) afterCancel += 1
      setTimeout(() => {
        cancel()
        cancelled = true
        resolve()
      }, 0)
    })
  })
  const next = await new Promise<string>((resolve) => {
    const { prompt, sampling, suppression } = request
    whence.openStream('generate.start', { picture: sha256, prompt, sampling, steering: [], suppression }, ({ kind }) => {
      if (kind !== 'event') resolve(kind)
    })
  })
  return { afterCancel, next }
}
