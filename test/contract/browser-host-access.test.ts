import { readFile, stat } from 'node:fs/promises'
import { request as httpRequest } from 'node:http'
import { connect } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { failureOf } from '../../src/shared/contract/failure.ts'
import { loopbackHost, publicOrigin } from '../../src/main/server/access/address.ts'
import type { Reply, TestHost } from '../helpers/server/test-host.ts'
import { testHost } from '../helpers/server/test-host.ts'

let server: TestHost

beforeAll(async () => {
  server = await testHost({ publicOrigins: [publicOrigin('http://localhost:9999')] })
})
afterAll(async () => {
  await server[Symbol.asyncDispose]()
})

/** The code in a refusal. */
function codeOf({ text }: Reply): string {
  const refusal = JSON.parse(text) as { code: string; message: string }
  expect(Object.keys(refusal)).toEqual(['code', 'message'])
  return refusal.code
}

describe('the Host header', () => {
  it.each([
    ['evil.example', (port: number) => `evil.example:${port}`],
    ['another name for this machine', (port: number) => `localhost.localdomain:${port}`],
    ['a trailing dot', (port: number) => `localhost.:${port}`],
    ['the address in decimal', (port: number) => `2130706433:${port}`],
    ['the address in octal', (port: number) => `0177.0.0.1:${port}`],
    ['the address mapped into IPv6', (port: number) => `[::ffff:127.0.0.1]:${port}`],
    ['a neighbour of the address', (port: number) => `127.0.0.2:${port}`],
    ['the wrong port', (port: number) => `127.0.0.1:${port + 1}`],
    ['no port', () => '127.0.0.1'],
    ['another public port', () => 'localhost:9998'],
    ['a name and more', (port: number) => `user@127.0.0.1:${port}`],
    ['nothing', () => ''],
  ])('is refused when it is %s, whatever is asked', async (_, hostOf) => {
    const Host = hostOf(server.port)
    for (const [path, method] of [
      ['/', 'GET'],
      ['/api/app.state', 'POST'],
      ['/api/ticket', 'POST'],
      ['/none', 'GET'],
    ] as const) {
      const reply = await server.ask(path, { method, headers: { Host } })
      expect([reply.status, codeOf(reply)]).toEqual([403, 'host-refused'])
    }
  })

  it('is refused when it is missing or there are two', async () => {
    const host = `127.0.0.1:${server.port}`
    const { Authorization } = server.authorization
    expect((await server.ask('/', { headers: ['X-Nothing', '1'] })).status).toBe(403)
    expect((await server.ask('/', { headers: ['Host', host, 'Host', host] })).status).toBe(403)
    const twice = ['Host', host, 'host', 'evil.example', 'Authorization', Authorization]
    expect((await server.ask('/api/app.state', { method: 'POST', headers: twice })).status).toBe(403)
  })

  it('is taken for the own names and the public ones', async () => {
    for (const host of [`127.0.0.1:${server.port}`, `localhost:${server.port}`, `[::1]:${server.port}`, 'localhost:9999']) {
      expect((await server.ask('/', { headers: { Host: host } })).status).toBe(200)
      expect((await server.ask('/api/app.state', { method: 'POST', headers: { Host: host } })).status).toBe(200)
    }
  })
})

describe('pages of other origins', () => {
  it.each([
    ['another site', 'https://evil.example', undefined],
    ['another port of this machine', 'http://127.0.0.1:1', undefined],
    ['no port', 'http://127.0.0.1', undefined],
    ['an opaque origin', 'null', undefined],
    ['the same machine by another name', 'localhost', undefined],
    ['the same site', undefined, 'same-site'],
    ['another site that hides its origin', undefined, 'cross-site'],
    ['the address bar', undefined, 'none'],
  ])('are refused at the API: %s', async (_, origin, site) => {
    const Origin = origin === 'localhost' ? `http://localhost:${server.port}` : origin
    const before = server.router.calls.length
    const headers = { ...(Origin !== undefined && { Origin }), ...(site !== undefined && { 'Sec-Fetch-Site': site }) }
    for (const path of ['/api/app.state', '/api/ticket', '/api/explain.start']) {
      const reply = await server.ask(path, { method: 'POST', headers })
      expect([reply.status, codeOf(reply)]).toEqual([403, 'origin-refused'])
    }
    expect(server.router.calls.length).toBe(before)
  })

  it('are refused when they embed a file, and may link to the page', async () => {
    const embed = { 'Sec-Fetch-Site': 'cross-site', 'Sec-Fetch-Mode': 'no-cors' }
    expect((await server.ask('/assets/main.js', { headers: embed })).status).toBe(403)
    const follow = { 'Sec-Fetch-Site': 'cross-site', 'Sec-Fetch-Mode': 'navigate' }
    expect((await server.ask('/', { headers: follow })).status).toBe(200)
  })

  it('get no preflight answered', async () => {
    const headers = { Origin: 'https://evil.example', 'Access-Control-Request-Method': 'POST' }
    const reply = await server.ask('/api/app.state', { method: 'OPTIONS', headers })
    expect(reply.status).toBe(403)
    expect(Object.keys(reply.headers).filter((name) => name.startsWith('access-control'))).toEqual([])
  })

  it('are what our own page is not', async () => {
    const headers = { Origin: server.host.origin, 'Sec-Fetch-Site': 'same-origin' }
    expect((await server.ask('/api/app.state', { method: 'POST', headers })).status).toBe(200)
  })
})

describe('the token', () => {
  it.each([
    ['none', undefined],
    ['an empty one', 'Bearer '],
    ['another scheme', 'Basic abc'],
    ['a wrong one', `Bearer ${'A'.repeat(43)}`],
    ['a long one', `Bearer ${'A'.repeat(5000)}`],
  ])('is needed: %s', async (_, Authorization) => {
    const before = server.router.calls.length
    const headers: readonly string[] = [
      'Host',
      `127.0.0.1:${server.port}`,
      ...(Authorization === undefined ? [] : ['Authorization', Authorization]),
    ]
    const reply = await server.ask('/api/app.state', { method: 'POST', headers })
    expect([reply.status, codeOf(reply)]).toEqual([401, 'token-wrong'])
    expect(reply.headers['www-authenticate']).toBe('Bearer')
    expect(server.router.calls.length).toBe(before)
  })

  it('counts only when it is whole and in its header', async () => {
    const { token } = server.host
    for (const given of [token.slice(0, -1), `${token}A`, token.toUpperCase(), `${token.slice(0, -1)}é`]) {
      const reply = await server.ask('/api/app.state', {
        method: 'POST',
        headers: { Authorization: `Bearer ${encodeURIComponent(given)}` },
      })
      expect(reply.status).toBe(401)
    }
    const headers = ['Host', `127.0.0.1:${server.port}`, 'Cookie', `token=${token}`]
    expect((await server.ask(`/api/app.state?token=${token}`, { method: 'POST', headers })).status).toBe(401)
  })

  it('is 32 random bytes, new in every run, and stands only in the fragment of the address', async () => {
    await using other = await testHost()
    expect(Buffer.from(server.host.token, 'base64url').length).toBe(32)
    expect(other.host.token).not.toBe(server.host.token)
    expect(server.host.url).toBe(`http://127.0.0.1:${server.port}/#token=${server.host.token}`)
  })

  it('is left in a file for the owner alone, and taken away in the end', async () => {
    const other = await testHost()
    const path = join(other.folder, 'token')
    expect(await readFile(path, 'utf8')).toBe(`${other.host.token}\n`)
    if (process.platform !== 'win32') expect((await stat(path)).mode & 0o777).toBe(0o600)
    await other.host.close()
    await expect(stat(path)).rejects.toThrow()
    await other[Symbol.asyncDispose]()
  })

  it('may be guessed at only so often, which never locks the owner out', async () => {
    let now = 0
    await using other = await testHost({ limits: { attempts: 3 }, now: () => now })
    const guess = async (): Promise<number> =>
      (await other.ask('/api/app.state', { method: 'POST', headers: { Authorization: 'Bearer guess' } })).status
    expect([await guess(), await guess(), await guess(), await guess(), await guess()]).toEqual([401, 401, 401, 429, 429])
    expect((await other.ask('/api/app.state', { method: 'POST' })).status).toBe(200)
    now += 60_001
    expect(await guess()).toBe(401)
  })

  it('is never in the log', () => {
    expect(server.log.join('\n')).not.toContain(server.host.token)
  })
})

describe('the headers', () => {
  const wanted = {
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'cache-control': 'no-store',
  }

  it.each([
    ['the page', '/', { method: 'GET' }, 200],
    ['the page, its head', '/', { method: 'HEAD' }, 200],
    ['a file', '/assets/main.js', { method: 'GET' }, 200],
    ['a missing file', '/none.js', { method: 'GET' }, 404],
    ['an unheard-of verb for a file', '/', { method: 'DELETE' }, 405],
    ['a call', '/api/app.state', { method: 'POST' }, 200],
    ['a stream', '/api/echo.stream', { method: 'POST' }, 200],
    ['a ticket', '/api/ticket', { method: 'POST' }, 200],
    ['a call by GET', '/api/app.state', { method: 'GET' }, 405],
    ['a missing method', '/api/nothing.such', { method: 'POST' }, 404],
    ['a native method', '/api/picture.choose', { method: 'POST' }, 501],
    ['the socket without a handshake', '/api/socket', { method: 'GET' }, 405],
    ['a wrong host', '/', { headers: { Host: 'evil.example' } }, 403],
    ['a wrong token', '/api/app.state', { method: 'POST', headers: { Authorization: 'Bearer x' } }, 401],
    ['a wrong type', '/api/app.state', { method: 'POST', body: 'x', headers: { 'Content-Type': 'text/plain' } }, 415],
    ['an expectation that nobody meets', '/', { headers: { Expect: 'a-pony' } }, 200],
    ['an upgrade to something else', '/', { headers: { Connection: 'Upgrade', Upgrade: 'h2c' } }, 200],
    ['an upgrade elsewhere', '/', { headers: { Connection: 'Upgrade', Upgrade: 'websocket' } }, 404],
    ['a handshake that is none', '/api/socket', { headers: { Connection: 'Upgrade', Upgrade: 'websocket' } }, 403],
  ] as const)('are on every answer: %s', async (_, path, how, status) => {
    const reply = await server.ask(path, how)
    expect(reply.status).toBe(status)
    expect(reply.headers).toMatchObject(wanted)
    expect(reply.headers['content-security-policy']).toMatch(/^default-src 'none'; .*frame-ancestors 'none'$/)
    expect(reply.headers['content-security-policy']).not.toContain('unsafe')
    expect(reply.headers['content-type']).toBeDefined()
    expect(Object.keys(reply.headers).filter((name) => name.startsWith('access-control') || name === 'set-cookie')).toEqual([])
  })

  it('are on the answer to what is no HTTP, and the host goes on', async () => {
    for (const junk of ['junk\r\n\r\n', `GET / HTTP/1.1\r\nHost: x\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`]) {
      const answer = await rawAnswer(server.port, junk)
      expect(answer).toMatch(/^HTTP\/1\.1 4\d\d /)
      for (const [name, value] of Object.entries(wanted)) expect(answer.toLowerCase()).toContain(`${name}: ${value}`)
    }
    expect((await server.ask('/')).status).toBe(200)
  })
})

/** Everything a connection answers to some bytes. */
async function rawAnswer(port: number, bytes: string): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>()
  const chunks: Buffer[] = []
  const socket = connect({ host: '127.0.0.1', port }, () => socket.write(bytes))
  socket.on('data', (chunk) => chunks.push(chunk))
  socket.on('error', reject)
  socket.on('close', () => resolve(Buffer.concat(chunks).toString()))
  return promise
}

describe('the files', () => {
  it.each([
    '/../secret.html',
    '/%2e%2e/secret.html',
    '/..%2fsecret.html',
    '/%5c..%5csecret.html',
    '/%252e%252e/secret.html',
    '/assets/../../secret.html',
    '/index.html%00.js',
    '//etc/passwd',
    '/assets',
    '/assets/',
    '/.hidden.html',
    '/index.html/',
    '/%',
  ])('end at the folder of the renderer: %s', async (path) => {
    const reply = await server.ask(path)
    expect([reply.status, codeOf(reply)]).toEqual([404, 'page-missing'])
  })

  it('are served with their type', async () => {
    expect((await server.ask('/')).headers['content-type']).toBe('text/html; charset=utf-8')
    expect((await server.ask('/index.html?x#y')).text).toContain('<title>Whence</title>')
    expect((await server.ask('/assets/main.js')).headers['content-type']).toBe('text/javascript; charset=utf-8')
  })
})

describe('the place to listen', () => {
  it.each(['0.0.0.0', '::', '192.168.1.7', '10.0.0.1', 'example.org', '127.0.0.1.evil.example', '*', ''])(
    'is never %s',
    (name) => {
      expect(failureCodeIn(() => loopbackHost(name))).toBe('address-refused')
    },
  )

  it.each([
    '*',
    'http://*:9999',
    'localhost:9999',
    'http://localhost:9999/path',
    'http://user@localhost:9999',
    'file:///x',
    'http://localhost.:9999',
  ])('has no public origin %s', (text) => {
    expect(failureCodeIn(() => publicOrigin(text))).toBe('option-invalid')
  })

  it('is refused when another program has it', async () => {
    const address = { kind: 'port', host: '127.0.0.1', port: server.port } as const
    await expect(testHost({ address })).rejects.toThrow('another program listens there')
  })

  it.skipIf(process.platform === 'win32')('is a socket that its owner alone can open', async () => {
    const path = join(server.folder, 'host.sock')
    await using other = await testHost({ address: { kind: 'socket', path }, publicOrigins: ['http://localhost:9999'] })
    expect((await stat(path)).mode & 0o777).toBe(0o600)
    expect(other.host.origin).toBe('http://localhost:9999')
    expect(await statusBySocket(path, 'localhost:9999')).toBe(200)
    expect(await statusBySocket(path, 'localhost')).toBe(200)
    expect(await statusBySocket(path, 'evil.example:9999')).toBe(403)
    await expect(testHost({ address: { kind: 'socket', path } })).rejects.toThrow('another program listens there')
    await expect(testHost({ address: { kind: 'socket', path: join(server.folder, 'secret.html') } })).rejects.toThrow(
      'another kind',
    )
    expect(await readFile(join(server.folder, 'secret.html'), 'utf8')).toBe('secret')
  })
})

function failureCodeIn(work: () => unknown): string | undefined {
  try {
    work()
    return undefined
  } catch (error) {
    return failureOf(error)?.code
  }
}

async function statusBySocket(socketPath: string, Host: string): Promise<number | undefined> {
  const { promise, resolve, reject } = Promise.withResolvers<number | undefined>()
  const request = httpRequest({ socketPath, path: '/', headers: { Host }, setHost: false, agent: false }, (response) => {
    response.resume()
    resolve(response.statusCode)
  })
  request.on('error', reject)
  request.end()
  return promise
}
