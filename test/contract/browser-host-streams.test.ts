import { getEventListeners } from 'node:events'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { pack } from '../../src/shared/contract/packing.ts'
import type { TestHost } from '../helpers/server/test-host.ts'
import { testHost } from '../helpers/server/test-host.ts'

let server: TestHost
let now = 0

beforeAll(async () => {
  server = await testHost({ limits: { body: 1000, messageSilence: 200 }, now: () => now })
})
afterAll(async () => {
  await server[Symbol.asyncDispose]()
})

const open = (id: number, method = 'echo.stream', request: unknown = {}) => ({ kind: 'open', id, method, request }) as const

describe('the entry point of the WebSocket', () => {
  it.each([
    ['no origin', null, '403'],
    ['another origin', 'https://evil.example', '403'],
    ['another port', 'http://127.0.0.1:1', '403'],
    ['the origin of a file', 'null', '403'],
  ])('is shut to %s, and the ticket is still good', async (_, origin, status) => {
    const ticket = await server.ticket()
    await expect(server.socket({ origin, ticket })).rejects.toThrow(status)
    const { raw } = await server.socket({ ticket })
    raw.close()
  })

  it('is shut without a ticket, with a made-up one and with the token', async () => {
    for (const ticket of ['', 'A'.repeat(43), server.host.token]) await expect(server.socket({ ticket })).rejects.toThrow('401')
  })

  it('opens once with a ticket', async () => {
    const ticket = await server.ticket()
    const { raw } = await server.socket({ ticket })
    await expect(server.socket({ ticket })).rejects.toThrow('401')
    raw.close()
  })

  it('opens with a ticket for half a minute', async () => {
    const [early, late] = [await server.ticket(), await server.ticket()]
    now += 29_999
    const { raw } = await server.socket({ ticket: early })
    now += 1
    await expect(server.socket({ ticket: late })).rejects.toThrow('401')
    raw.close()
  })

  it('lies at one address', async () => {
    await expect(server.socket({ path: '/api/app.state' })).rejects.toThrow('404')
  })

  it('is shut to the fifth page', async () => {
    const sockets = await Promise.all([1, 2, 3, 4].map(() => server.socket()))
    await expect(server.socket()).rejects.toThrow('429')
    sockets[0]?.raw.close()
    await sockets[0]?.closed
    const { raw } = await server.socket()
    for (const socket of [...sockets.map((one) => one.raw), raw]) socket.close()
    await Promise.all(sockets.map((one) => one.closed))
  })

  it('takes no compression, and tells no ticket back', async () => {
    const { raw } = await server.socket()
    expect([raw.extensions, raw.protocol]).toEqual(['', 'whence.v1'])
    raw.close()
  })
})

describe('a stream by WebSocket', () => {
  it('tells its events and its end', async () => {
    const socket = await server.socket()
    socket.send(open(7, 'echo.stream', { floats: Float32Array.of(NaN, -0) }))
    expect(await socket.next()).toStrictEqual({ id: 7, message: { kind: 'event', event: { floats: Float32Array.of(NaN, -0) } } })
    expect(await socket.next()).toEqual({ id: 7, message: { kind: 'end' } })
    socket.raw.close()
  })

  it('tells a refusal, and the next one goes on', async () => {
    const socket = await server.socket()
    socket.send(open(1, 'generate.start'))
    expect(await socket.next()).toMatchObject({ id: 1, message: { kind: 'refusal', refusal: { code: 'prompt-empty' } } })
    // Its number is free again.
    socket.send(open(1))
    expect(await socket.next()).toMatchObject({ id: 1, message: { kind: 'event' } })
    socket.raw.close()
  })

  it('runs beside others of the same page, as one client, up to three', async () => {
    const socket = await server.socket()
    for (const id of [1, 2, 3, 4]) socket.send(open(id, 'explain.start'))
    const messages = [await socket.next(), await socket.next(), await socket.next(), await socket.next()]
    expect(messages.find(({ id }) => id === 4)).toMatchObject({
      message: { kind: 'refusal', refusal: { code: 'too-much-at-once' } },
    })
    expect(new Set([...server.router.open].map(({ client }) => client.id)).size).toBe(1)
    socket.send({ kind: 'cancel', id: 2 })
    socket.send(open(5))
    expect(await socket.next()).toMatchObject({ id: 5, message: { kind: 'event' } })
    socket.raw.close()
    await expect.poll(() => server.router.open.size).toBe(0)
  })

  it('tells nothing after it was taken back', async () => {
    const socket = await server.socket()
    socket.send(open(1, 'picture.prepare'))
    await socket.next()
    socket.send({ kind: 'cancel', id: 1 })
    await expect.poll(() => server.router.open.size).toBe(0)
    socket.send(open(2))
    for (let told = await socket.next(); told.id !== 2; told = await socket.next()) expect(told.message.kind).toBe('event')
    socket.raw.close()
  })

  it('is cancelled when its page goes away, fifty times, and leaves no listener behind', async () => {
    const before = server.router.calls.length
    const listeners = () => process.eventNames().reduce((sum, name) => sum + process.listenerCount(name), 0)
    const listening = listeners()
    for (let time = 0; time < 50; time++) {
      const socket = await server.socket()
      socket.send(open(1, 'explain.start'))
      await socket.next()
      if (time % 2 === 0) socket.raw.terminate()
      else socket.raw.close()
      await expect.poll(() => server.router.open.size, { interval: 1 }).toBe(0)
    }
    const contexts = server.router.calls.slice(before).map(({ context }) => context)
    expect(contexts.length).toBe(50)
    expect(contexts.every(({ signal }) => signal.aborted && getEventListeners(signal, 'abort').length === 0)).toBe(true)
    expect(listeners()).toBe(listening)
  })

  it('is closed when its page does not read, and does not fill the memory meanwhile', async () => {
    const socket = await server.socket()
    const resident = process.memoryUsage().arrayBuffers
    socket.raw.pause()
    socket.send(open(1, 'picture.prepare'))
    await expect.poll(() => server.router.open.size).toBe(1)
    await expect.poll(() => server.router.open.size).toBe(0)
    expect(process.memoryUsage().arrayBuffers - resident).toBeLessThan(100e6)
    socket.raw.resume()
    expect(await socket.closed).toBe(1006)
  })
})

describe('a page that breaks the rules', () => {
  it.each([
    ['text', 'hello', 1003],
    ['junk', Buffer.from('junk junk'), 1008],
    ['something else packed', Buffer.from(pack({ kind: 'open' })), 1008],
    ['a field too many', Buffer.from(pack({ ...open(1), path: '/etc/passwd' })), 1008],
    ['a number that is none', Buffer.from(pack({ ...open(1), id: -1 })), 1008],
    ['one byte too many', Buffer.alloc(1001), 1009],
  ])('is closed: %s', async (_, data, code) => {
    const socket = await server.socket()
    const before = server.router.calls.length
    socket.raw.send(data)
    expect(await socket.closed).toBe(code)
    expect(server.router.calls.length).toBe(before)
  })

  it('is closed when it uses a number twice', async () => {
    const socket = await server.socket()
    socket.send(open(1, 'explain.start'))
    socket.send(open(1))
    expect(await socket.closed).toBe(1008)
    await expect.poll(() => server.router.open.size).toBe(0)
  })

  it('is closed when it opens and takes back without end while the work cannot stop', async () => {
    const socket = await server.socket()
    for (let id = 0; id < 1000; id++) {
      socket.send(open(id, 'explain.start'))
      socket.send({ kind: 'cancel', id })
    }
    await Promise.race([socket.closed, expect.poll(() => server.router.open.size).toBe(0)])
    expect((await server.ask('/')).status).toBe(200)
    socket.raw.terminate()
  })

  it('is closed when it gives no sign of life', async () => {
    await using other = await testHost({ limits: { heartbeat: 50 } })
    const [silent, alive] = [await other.socket(), await other.socket()]
    silent.raw.pong = () => {}
    expect(await silent.closed).toBe(1006)
    expect(alive.raw.readyState).toBe(WebSocket.OPEN)
    alive.raw.close()
  })
})

describe('closing the host', () => {
  it('ends all streams and connections', async () => {
    const other = await testHost()
    const socket = await other.socket()
    socket.send(open(1, 'explain.start'))
    await socket.next()
    const call = other.ask('/api/history.delete', { method: 'POST' })
    const ended = expect(call).rejects.toThrow()
    await expect.poll(() => other.router.calls.length).toBe(2)
    await other[Symbol.asyncDispose]()
    expect(other.router.open.size).toBe(0)
    expect(await socket.closed).toBe(1006)
    await ended
  })
})
