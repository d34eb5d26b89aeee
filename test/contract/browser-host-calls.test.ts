import { connect } from 'node:net'
import { fc, it } from '@fast-check/vitest'
import { afterAll, beforeAll, describe, expect } from 'vitest'
import { pack, packedType, unpack } from '../../src/shared/contract/packing.ts'
import type { Ask, Reply, TestHost } from '../helpers/server/test-host.ts'
import { testHost } from '../helpers/server/test-host.ts'

let server: TestHost
const json = { 'Content-Type': 'application/json' }
const file = { 'Content-Type': 'application/octet-stream' }

beforeAll(async () => {
  server = await testHost({ limits: { body: 1000, upload: 4000, bodySilence: 300 } })
})
afterAll(async () => {
  await server[Symbol.asyncDispose]()
})

const post = (path: string, how: Ask = {}): Promise<Reply> => server.ask(path, { method: 'POST', ...how })
const refusal = ({ status, text }: Reply): unknown => [status, (JSON.parse(text) as { code: string }).code]
const lastRequest = (): unknown => server.router.calls.at(-1)?.request

describe('a call by HTTP', () => {
  it('takes JSON and gives JSON', async () => {
    const reply = await post('/api/app.state', {
      body: '{"a":[1,"é",null]}',
      headers: { 'Content-Type': 'application/json; charset=utf-8' },
    })
    expect([reply.status, reply.headers['content-type'], JSON.parse(reply.text)]).toEqual([
      200,
      'application/json',
      { a: [1, 'é', null] },
    ])
  })

  it('asks for nothing with an empty body', async () => {
    expect((await post('/api/app.state')).text).toBe('{}')
  })

  it('has a client of its own, of this host, with nothing of the request in it', async () => {
    await post('/api/app.state')
    const [first, second] = server.router.calls.slice(-2).map(({ context }) => context.client)
    expect(second?.host).toBe('browser')
    expect(first?.id).not.toBe(second?.id)
  })

  it('gives arrays as base64 of their bytes, and null for what JSON cannot say', async () => {
    const value = { floats: Float32Array.of(1, -0.5), bytes: Buffer.from('hi'), numbers: [NaN, Infinity], nothing: undefined }
    const reply = await post('/api/app.state', { body: pack(value), headers: { 'Content-Type': packedType } })
    expect(JSON.parse(reply.text)).toEqual({ floats: 'AACAPwAAAL8=', bytes: 'aGk=', numbers: [null, null] })
  })

  it('gives packed values to those who accept them, and refusals as JSON even then', async () => {
    const value = { floats: Float32Array.of(NaN, -0), missing: undefined }
    const headers = { 'Content-Type': packedType, Accept: packedType }
    const reply = await post('/api/app.state', { body: pack(value), headers })
    expect(reply.headers['content-type']).toBe(packedType)
    expect(unpack(reply.body)).toStrictEqual(value)
    expect(refusal(await post('/api/picture.choose', { headers }))).toEqual([501, 'method-native'])
  })

  it.each([
    ['text', 'hello', { 'Content-Type': 'text/plain' }, [415, 'body-refused']],
    ['a form', 'a=1', { 'Content-Type': 'application/x-www-form-urlencoded' }, [415, 'body-refused']],
    ['a body of no type', '{}', {}, [415, 'body-refused']],
    ['a file for a method that takes none', 'x', file, [415, 'body-refused']],
    ['half of JSON', '{', json, [400, 'request-invalid']],
    ['JSON in Latin-1', Buffer.from('"é"', 'latin1'), json, [400, 'request-invalid']],
    ['half of a packed value', pack({ a: 1 }).subarray(0, 9), { 'Content-Type': packedType }, [400, 'data-damaged']],
    ['an abyss of JSON', '['.repeat(999), json, [400, 'request-invalid']],
  ])('refuses %s', async (_, body, headers, expected) => {
    const before = server.router.calls.length
    expect(refusal(await post('/api/app.state', { body, headers }))).toEqual(expected)
    expect(server.router.calls.length).toBe(before)
  })

  it('refuses fields in the address, which only a file in the body takes', async () => {
    expect(refusal(await post('/api/app.state?a=1'))).toEqual([400, 'request-invalid'])
  })

  it('says what the router refuses, before it reads the body', async () => {
    expect(refusal(await post('/api/nothing.such', { body: 'x'.repeat(900) }))).toEqual([404, 'method-unknown'])
  })

  it('is taken back when the client goes away', async () => {
    const socket = connect({ host: '127.0.0.1', port: server.port })
    const before = server.router.calls.length
    socket.write(
      `POST /api/history.delete HTTP/1.1\r\nHost: 127.0.0.1:${server.port}\r\nAuthorization: ${server.authorization.Authorization}\r\nContent-Length: 0\r\n\r\n`,
    )
    await expect.poll(() => server.router.calls.length).toBe(before + 1)
    socket.destroy()
    await expect.poll(() => server.router.calls.at(-1)?.context.signal.aborted).toBe(true)
  })

  it.prop([fc.json()], { numRuns: 50 })('takes any JSON for what it is', async (text) => {
    fc.pre(text.length < 900)
    const reply = await post('/api/app.state', { body: text, headers: json })
    expect(JSON.parse(reply.text)).toEqual(JSON.parse(text.replaceAll(/-0(?=[,\]}]|$)/g, '0')))
  })

  it.prop(
    [
      fc.uint8Array({ maxLength: 200 }),
      fc.constantFrom('application/json', packedType, 'application/octet-stream', 'text/plain', ''),
    ],
    {
      numRuns: 100,
    },
  )('answers any bytes with an answer or a refusal, never a bug', async (body, type) => {
    const reply = await post('/api/picture.add', { body, headers: { 'Content-Type': type } })
    expect([200, 400, 415]).toContain(reply.status)
  })
})

describe('a picture by HTTP', () => {
  it('comes as the file itself, its name in the address', async () => {
    await post('/api/picture.add?name=caf%C3%A9%20%2B.png', { body: Uint8Array.of(0, 255), headers: file })
    expect(lastRequest()).toStrictEqual({ name: 'café +.png', bytes: Uint8Array.of(0, 255) })
  })

  it('comes in JSON as base64', async () => {
    await post('/api/picture.add', { body: '{"name":"a","bytes":"AP8="}', headers: json })
    expect(lastRequest()).toStrictEqual({ name: 'a', bytes: Uint8Array.of(0, 255) })
  })

  it('comes packed', async () => {
    await post('/api/picture.add', {
      body: pack({ name: 'a', bytes: Uint8Array.of(1) }),
      headers: { 'Content-Type': packedType },
    })
    expect(lastRequest()).toStrictEqual({ name: 'a', bytes: Uint8Array.of(1) })
  })

  it.each(['AP8', 'A P8', 'AP8-', '=AAA', 'AP=8'])('is refused when it is not base64: %s', async (bytes) => {
    const body = JSON.stringify({ name: 'a', bytes })
    expect(refusal(await post('/api/picture.add', { body, headers: json }))).toEqual([400, 'request-invalid'])
  })

  it.each(['?name=a&name=b', '?bytes=x'])('is refused with %s', async (query) => {
    expect(refusal(await post(`/api/picture.add${query}`, { body: 'x', headers: file }))).toEqual([400, 'request-invalid'])
  })
})

describe('the size of a body', () => {
  it.each([
    ['/api/app.state', 1000, json, false],
    ['/api/app.state', 1000, json, true],
    ['/api/picture.add?name=a', 4000, file, false],
    ['/api/picture.add?name=a', 4000, file, true],
  ] as const)('at %s is at most %d bytes', async (path, most, headers, chunked) => {
    const sent = chunked ? { ...headers, 'Transfer-Encoding': 'chunked' } : headers
    const just = path === '/api/app.state' ? `"${'x'.repeat(most - 2)}"` : 'x'.repeat(most)
    expect((await post(path, { body: just, headers: sent, chunked })).status).toBe(200)
    expect(refusal(await post(path, { body: `${just} `, headers: sent, chunked }))).toEqual([413, 'request-too-large'])
  })

  it('is counted as it comes, far beyond what is kept', async () => {
    const headers = { ...file, 'Transfer-Encoding': 'chunked' }
    const reply = await post('/api/picture.add', { body: new Uint8Array(20_000_000), headers, chunked: true }).catch(() => null)
    // The host may end the connection while the rest is still on its way.
    if (reply !== null) expect(refusal(reply)).toEqual([413, 'request-too-large'])
    expect((await post('/api/app.state')).status).toBe(200)
  })

  it.each([
    ['announces more than it sends', 'Content-Length: 50', '12345', 408],
    ['announces far too much', 'Content-Length: 999999999999', '', 413],
    ['announces nonsense', 'Content-Length: -1', '', 400],
    ['announces it twice', 'Content-Length: 1\r\nContent-Length: 2', 'xx', 400],
    ['announces a length and chunks', 'Content-Length: 5\r\nTransfer-Encoding: chunked', '0\r\n\r\n', 400],
    ['breaks its chunks', 'Transfer-Encoding: chunked', 'zz\r\n', 400],
    ['stalls within a chunk', 'Transfer-Encoding: chunked', '5\r\nab', 408],
  ])('refuses a body that %s', async (_, header, body, status) => {
    const before = server.router.calls.length
    const answer = await raw(
      `POST /api/picture.add?name=a HTTP/1.1\r\nHost: 127.0.0.1:${server.port}\r\nAuthorization: ${server.authorization.Authorization}\r\nContent-Type: application/octet-stream\r\n${header}\r\n\r\n${body}`,
    )
    expect(answer.split(' ')[1]).toBe(String(status))
    expect(server.router.calls.length).toBe(before)
  })

  it('leaves nothing behind when the client goes away in the middle', async () => {
    const before = server.router.calls.length
    for (let time = 0; time < 5; time++) {
      const socket = connect({ host: '127.0.0.1', port: server.port })
      socket.write(
        `POST /api/picture.add?name=a HTTP/1.1\r\nHost: 127.0.0.1:${server.port}\r\nAuthorization: ${server.authorization.Authorization}\r\nContent-Type: application/octet-stream\r\nContent-Length: 100\r\n\r\nabc`,
      )
      await new Promise((resolve) => socket.once('connect', resolve))
      socket.destroy()
    }
    // More than may come in at once: the places of those that left are free again.
    await expect.poll(async () => (await post('/api/picture.add?name=b', { body: 'x', headers: file })).status).toBe(200)
    expect(server.router.calls.slice(before).map(({ request }) => request)).toEqual([{ name: 'b', bytes: Uint8Array.of(120) }])
  })

  it('lets only so many pictures in at once', async () => {
    const stalled = [raw, raw].map((send) =>
      send(
        `POST /api/picture.add?name=a HTTP/1.1\r\nHost: 127.0.0.1:${server.port}\r\nAuthorization: ${server.authorization.Authorization}\r\nContent-Type: application/octet-stream\r\nContent-Length: 100\r\n\r\nabc`,
      ),
    )
    await expect.poll(async () => (await post('/api/picture.add?name=b', { body: 'x', headers: file })).status).toBe(429)
    for (const answer of await Promise.all(stalled)) expect(answer).toContain('request-stalled')
    expect((await post('/api/picture.add?name=b', { body: 'x', headers: file })).status).toBe(200)
  })
})

/** Everything that is answered to some bytes until the connection ends. */
async function raw(bytes: string): Promise<string> {
  const { promise, resolve } = Promise.withResolvers<string>()
  const chunks: Buffer[] = []
  const socket = connect({ host: '127.0.0.1', port: server.port }, () => socket.write(bytes))
  socket.on('data', (chunk) => chunks.push(chunk))
  socket.on('error', () => {})
  socket.on('close', () => resolve(Buffer.concat(chunks).toString()))
  return promise
}

describe('a stream by HTTP', () => {
  it('tells one event a line', async () => {
    const reply = await post('/api/echo.stream', { body: '{"kind":"queued","ahead":1}', headers: json })
    expect([reply.status, reply.headers['content-type'], reply.text]).toEqual([
      200,
      'application/x-ndjson',
      '{"kind":"queued","ahead":1}\n',
    ])
  })

  it('is refused with a status before its first event', async () => {
    expect(refusal(await post('/api/generate.start'))).toEqual([422, 'prompt-empty'])
  })

  it('is cancelled when its reader goes away, and counts against the most at once until then', async () => {
    const readers = [1, 2, 3].map(() => {
      const socket = connect({ host: '127.0.0.1', port: server.port })
      socket.on('error', () => {})
      socket.write(
        `POST /api/explain.start HTTP/1.1\r\nHost: 127.0.0.1:${server.port}\r\nAuthorization: ${server.authorization.Authorization}\r\nContent-Length: 0\r\n\r\n`,
      )
      return socket
    })
    await expect.poll(() => server.router.open.size).toBe(3)
    expect(refusal(await post('/api/explain.start'))).toEqual([429, 'too-much-at-once'])
    for (const reader of readers) reader.destroy()
    await expect.poll(() => server.router.open.size).toBe(0)
    expect((await post('/api/echo.stream')).status).toBe(200)
  })

  it('ends a reader that does not read', async () => {
    await using other = await testHost({ limits: { messageSilence: 100 } })
    const socket = connect({ host: '127.0.0.1', port: other.port })
    socket.on('error', () => {})
    socket.pause()
    socket.write(
      `POST /api/picture.prepare HTTP/1.1\r\nHost: 127.0.0.1:${other.port}\r\nAuthorization: ${other.authorization.Authorization}\r\nContent-Length: 0\r\n\r\n`,
    )
    await expect.poll(() => other.router.calls.length).toBe(1)
    await expect.poll(() => other.router.open.size).toBe(0)
    socket.destroy()
  })
})
