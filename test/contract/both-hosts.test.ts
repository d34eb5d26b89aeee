import { fc, it } from '@fast-check/vitest'
import { isDeepStrictEqual } from 'node:util'
import { afterAll, beforeAll, describe, expect } from 'vitest'
import { WebSocket } from 'ws'
import { browserHost } from '../../src/renderer/host/browser-host.ts'
import { electronHost } from '../../src/renderer/host/electron-host.ts'
import type { WhenceHost } from '../../src/renderer/host/host.ts'
import type { Surroundings } from '../../src/renderer/host/surroundings.ts'
import type { HandlerContext } from '../../src/main/app/handlers.ts'
import type { DesktopBridge } from '../../src/shared/contract/desktop.ts'
import { allOf } from '../helpers/all-of.ts'
import type { EchoRouter } from '../helpers/server/echo-router.ts'
import { echoRouter } from '../helpers/server/echo-router.ts'
import type { TestHost } from '../helpers/server/test-host.ts'
import { testHost } from '../helpers/server/test-host.ts'

/** A host as the page has it, with types that let it be asked anything. */
interface Asked {
  call(name: string, request: unknown): Promise<unknown>
  stream(name: string, request: unknown, signal: AbortSignal): AsyncGenerator<unknown, void, undefined>
}

let server: TestHost
const electronRouter = echoRouter()
const sockets: WebSocket[] = []

beforeAll(async () => {
  server = await testHost({ limits: { sockets: 100 } })
})
afterAll(async () => {
  await server[Symbol.asyncDispose]()
})

/** Everything that crosses between the page and the desktop's main process is cloned. */
function bridgeTo(router: EchoRouter): DesktopBridge {
  const client: HandlerContext['client'] = { id: 'window', host: 'electron' }
  return {
    call: async (name, request) =>
      structuredClone(await router.call(name, structuredClone(request), { client, signal: new AbortController().signal })),
    openStream: (name, request, receive) => {
      const control = new AbortController()
      const messages = router.stream(name, structuredClone(request), { client, signal: control.signal })
      void (async () => {
        for await (const message of messages) receive(structuredClone(message))
      })()
      return () => control.abort()
    },
    takeFile: async () => null,
    onNews: () => {},
  }
}

function surroundings(): Surroundings {
  const { origin } = server.host
  return {
    origin,
    fetch,
    openSocket: (address, protocols) => {
      const socket = new WebSocket(address, [...protocols], { origin })
      sockets.push(socket)
      return socket as unknown as globalThis.WebSocket
    },
    wait: async () => {},
  }
}

const hosts = {
  electron: () => [electronHost(bridgeTo(electronRouter)), electronRouter] as const,
  browser: () => [browserHost(surroundings(), server.host.token), server.router] as const,
}
const asked = (host: WhenceHost): Asked => host
const never = new AbortController().signal

const values = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    tie('leaf'),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(fc.string(), tie('value'), { maxKeys: 4, noNullPrototype: true }),
  ),
  leaf: fc.oneof(
    fc.constantFrom(null, undefined, true, NaN, -0, Infinity, -Infinity, '\ud800', '\udc00x', '🐕'),
    fc.double(),
    fc.string({ unit: 'binary' }),
    fc.float32Array(),
    fc.uint8Array(),
    fc.bigInt64Array(),
  ),
})).value

describe.each(['electron', 'browser'] as const)('through the %s host', (kind) => {
  it.prop([values], { numRuns: 100 })('values arrive and come back as they were', async (value) => {
    const [host] = hosts[kind]()
    const request = { value, view: Float32Array.of(1, NaN, -0, 4).subarray(1, 3), missing: undefined }
    expect(isDeepStrictEqual(await asked(host).call('app.state', request), request)).toBe(true)
  })

  it('events arrive as they were told', async () => {
    const [host] = hosts[kind]()
    const request = {
      kind: 'queued',
      floats: Float32Array.of(NaN, -0),
      longs: BigInt64Array.of(-1n),
      missing: undefined,
      lone: '\ud800',
    }
    expect(isDeepStrictEqual(await allOf(asked(host).stream('echo.stream', request, never)), [request])).toBe(true)
  })

  it('refusals are thrown with their code and sentence', async () => {
    const [host] = hosts[kind]()
    await expect(asked(host).call('picture.choose', {})).rejects.toMatchObject({
      name: 'Refused',
      code: 'method-native',
      message: 'Only the desktop.',
    })
    const events = asked(host).stream('generate.start', {}, never)
    await expect(events.next()).rejects.toMatchObject({ name: 'Refused', code: 'prompt-empty' })
  })

  it('a stream ends when its signal aborts, and the work with it', async () => {
    const [host, router] = hosts[kind]()
    const control = new AbortController()
    const events = asked(host).stream('explain.start', { a: 1 }, control.signal)
    expect((await events.next()).value).toEqual({ a: 1 })
    const next = events.next()
    control.abort()
    await expect(next).rejects.toMatchObject({ code: 'cancelled' })
    await expect.poll(() => router.open.size).toBe(0)
    await expect(asked(host).stream('explain.start', {}, control.signal).next()).rejects.toMatchObject({ code: 'cancelled' })
  })

  it('a stream ends when its reader leaves, and the work with it', async () => {
    const [host, router] = hosts[kind]()
    for await (const event of asked(host).stream('picture.prepare', { a: 1 }, never)) {
      expect(event).toEqual({ a: 1 })
      break
    }
    await expect.poll(() => router.open.size).toBe(0)
  })

  it('several streams go on beside each other', async () => {
    const [host] = hosts[kind]()
    const streams = [1, 2, 3].map((n) => allOf(asked(host).stream('echo.stream', { n }, never)))
    expect(await Promise.all(streams)).toEqual([[{ n: 1 }], [{ n: 2 }], [{ n: 3 }]])
  })

  it('a file comes as its bytes', async () => {
    const [host] = hosts[kind]()
    const file = new File([Uint8Array.of(1, 2)], 'a/b.png')
    expect(await host.addPicture(file)).toStrictEqual({ name: 'a/b.png', bytes: Uint8Array.of(1, 2) })
    expect(await host.addPicture(new File([], ''))).toMatchObject({ name: 'picture' })
  })
})

describe('the browser host from the page', () => {
  it('refuses all with a wrong token, in words that help', async () => {
    const host = asked(browserHost(surroundings(), ''))
    await expect(host.call('app.state', {})).rejects.toMatchObject({ code: 'token-wrong' })
    await expect(host.stream('echo.stream', {}, never).next()).rejects.toMatchObject({ code: 'token-wrong' })
  })

  it('ends its streams when the connection is lost, and connects again for the next one', async () => {
    const [host] = hosts.browser()
    const events = asked(host).stream('explain.start', {}, never)
    await events.next()
    const next = events.next()
    sockets.at(-1)?.terminate()
    await expect(next).rejects.toMatchObject({ code: 'connection-lost' })
    expect(await allOf(asked(host).stream('echo.stream', { again: true }, never))).toEqual([{ again: true }])
  })

  it('says so when the host is gone', async () => {
    const other = await testHost()
    const waits: number[] = []
    const place = { ...surroundings(), origin: other.host.origin, wait: async (time: number) => void waits.push(time) }
    const host = asked(browserHost(place, other.host.token))
    await other[Symbol.asyncDispose]()
    await expect(host.call('app.state', {})).rejects.toMatchObject({ code: 'connection-lost' })
    await expect(host.stream('echo.stream', {}, never).next()).rejects.toMatchObject({ code: 'connection-lost' })
    expect(waits).toEqual([250, 1000])
  })

  it('takes nothing that another server says for an answer', async () => {
    const place = { ...surroundings(), fetch: async () => new Response('<html>proxy</html>', { status: 502 }) }
    await expect(asked(browserHost(place, '')).call('app.state', {})).rejects.toMatchObject({ code: 'connection-lost' })
  })
})
