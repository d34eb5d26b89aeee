import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Sender } from './stand-in/ipc.ts'
import type { WiringDriver } from './wiring-driver.ts'
import { launchWiring } from './wiring-driver.ts'

let profile: string
let app: WiringDriver

beforeAll(async () => {
  profile = mkdtempSync(join(tmpdir(), 'whence-wiring-'))
  app = await launchWiring({ profile })
})

afterAll(async () => {
  await app.close()
  rmSync(profile, { recursive: true, force: true })
})

const own = { parent: null, origin: 'app://whence', url: 'app://whence/index.html' }
const foreign = [
  ['no frame at all', null],
  ['a frame inside the page', { ...own, parent: own }],
  ['another origin', { ...own, origin: 'https://example.com', url: 'https://example.com/' }],
  ['a host that begins alike', { ...own, origin: 'app://whence.example', url: 'app://whence.example/' }],
  ['about:blank, which inherits the origin', { ...own, url: 'about:blank' }],
  ['an opaque origin', { ...own, origin: 'null' }],
  ['no address', { ...own, origin: '', url: '' }],
  ['a file', { ...own, origin: 'file://', url: 'file:///home/person/page.html' }],
] as const

describe('the entry points of the main process', () => {
  it.each(foreign)('refuses a call from %s', async (_what, frame) => {
    expect(await call(frame, 'settings.set', { theme: 'dark' })).toMatchObject({
      kind: 'refusal',
      refusal: { code: 'origin-refused' },
    })
    expect(await call(own, 'settings.get', {})).not.toMatchObject({ value: { theme: 'dark' } })
  })

  it.each(foreign)('closes the port of a stream from %s', async (_what, frame) => {
    const told = await app.standIn(async ({ inside, BrowserWindow }, senderFrame) => {
      const { port1, port2 } = new inside.MessageChannel()
      const messages: unknown[] = []
      port1.on('message', (message) => void messages.push(message))
      const closed = new Promise((resolve) => port1.on('close', () => resolve(null)))
      const sender = BrowserWindow.getAllWindows()[0]?.webContents
      inside.post(
        { sender, senderFrame: senderFrame as Sender['senderFrame'] },
        'whence:stream',
        { name: 'explain.start', request: {} },
        [port2],
      )
      await closed
      return messages
    }, frame)
    expect(told).toEqual([])
  })

  it('reads the sender at once: the frame may be gone after the first await', async () => {
    expect(await call(own, 'settings.get', {})).toMatchObject({ kind: 'value' })
  })

  it.each([
    ['nothing', undefined],
    ['text', 'settings.get'],
    ['a name that is no text', { name: 7, request: {} }],
    ['a name of every object', { name: 'constructor', request: {} }],
    ['a name beyond the contract', { name: 'settings.forget', request: {} }],
  ])('refuses %s by a code', async (_what, message) => {
    const answer = await app.standIn(
      ({ inside, BrowserWindow }, [senderFrame, asked]) => {
        const sender = BrowserWindow.getAllWindows()[0]?.webContents
        return inside.invoke({ sender, senderFrame }, 'whence:call', [asked])
      },
      [own, message] as const,
    )
    expect(answer).toMatchObject({ kind: 'refusal', refusal: { code: 'method-unknown' } })
  })

  it('is the only one: one handler for each way in, and none beside', async () => {
    expect(await app.standIn(({ inside }) => inside.entryPoints(), null)).toEqual({
      invoke: ['whence:call', 'whence:file'],
      post: ['whence:news', 'whence:stream'],
    })
  })
})

async function call(frame: unknown, name: string, request: unknown): Promise<unknown> {
  return app.standIn(
    ({ inside, BrowserWindow }, [senderFrame, message]) => {
      const sender = BrowserWindow.getAllWindows()[0]?.webContents
      return inside.invoke({ sender, senderFrame: senderFrame as never }, 'whence:call', [message])
    },
    [frame, { name, request }] as const,
  )
}
