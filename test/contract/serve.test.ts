import type { ChildProcess } from 'node:child_process'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Method } from '../../src/shared/contract/method.ts'
import { methods } from '../../src/shared/contract/methods.ts'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

let folder: string
const children: ChildProcess[] = []

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'whence-serve-'))
})
afterEach(async () => {
  for (const child of children.splice(0)) if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL')
  await rm(folder, { recursive: true, force: true, maxRetries: 5 })
})

/** A `whence serve` of this checkout, and everything it wrote. */
function serve(...options: string[]) {
  const child = spawn(process.execPath, ['src/main/cli/index.ts', 'serve', '--profile', folder, ...options])
  children.push(child)
  const written = { stdout: '', stderr: '' }
  child.stdout.on('data', (text: Buffer) => (written.stdout += text.toString()))
  child.stderr.on('data', (text: Buffer) => (written.stderr += text.toString()))
  return { child, written, ended: once(child, 'close') as Promise<[number | null]> }
}

/** The origin and the token of the line that it prints. */
async function opened({ child, written }: ReturnType<typeof serve>): Promise<{ origin: string; token: string }> {
  while (!written.stdout.includes('\n'))
    await Promise.race([once(child.stdout as NodeJS.ReadableStream, 'data'), failed(child, written)])
  const [, origin, token] = /^(http:\/\/127\.0\.0\.1:\d+)\/#token=([\w-]{43})\n$/.exec(written.stdout) ?? []
  if (origin === undefined || token === undefined) throw new Error(`it printed: ${written.stdout}`)
  return { origin, token }
}

async function failed(child: ChildProcess, written: { stderr: string }): Promise<never> {
  await once(child, 'close')
  throw new Error(written.stderr)
}

const ask = (origin: string, token: string, method: string, request: unknown = {}) =>
  fetch(`${origin}/api/${method}`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
    body: JSON.stringify(request),
  })

describe('whence serve', () => {
  it('prints one line, serves page and calls, and ends cleanly when it is told to', async () => {
    const server = serve()
    const { origin, token } = await opened(server)
    expect(await (await fetch(`${origin}/`)).text()).toContain('<title>Whence</title>')
    expect(await (await ask(origin, token, 'settings.get')).json()).toMatchObject({ view: 'map' })
    expect(await (await ask(origin, token, 'history.list', { search: '', offset: 0, limit: 5 })).json()).toMatchObject({
      entries: [{ prompt: 'This is a picture of', cached: true }],
    })
    expect(await readFile(join(folder, 'serve.token'), 'utf8')).toBe(`${token}\n`)

    server.child.kill('SIGTERM')
    expect((await server.ended)[0]).toBe(0)
    expect(server.written.stdout.split('\n').length).toBe(2)
    expect(server.written.stderr).not.toContain(token)
    expect(await readdir(folder)).not.toContain('serve.token')
  })

  it('answers every method of the contract that needs no desktop, and takes a path in none', async () => {
    const { origin, token } = await opened(serve())
    for (const [name, method] of Object.entries<Method>(methods)) {
      const native = method.kind === 'call' && method.native
      const refused = native ? [501, 'method-native'] : [400, 'request-invalid']
      for (const path of ['/etc/passwd', '..\\..\\secret', '\\\\server\\share', 'file:///etc/passwd']) {
        const answer = await ask(origin, token, name, { path })
        expect([name, answer.status, ((await answer.json()) as { code: string }).code]).toEqual([name, ...refused])
      }
    }
    for (const [name, request] of [
      ['models.use', { id: '../../models/whence-scenes' }],
      ['samples.open', { name: '../samples/cats' }],
      ['samples.open', { name: '/etc/passwd' }],
    ] as const) {
      expect([name, (await ask(origin, token, name, request)).status]).toEqual([name, 404])
    }
  })

  it('leaves a profile to the one that has it, and takes it over after a kill', async () => {
    const first = serve()
    const { origin, token } = await opened(first)
    const second = serve()
    expect((await second.ended)[0]).toBe(2)
    expect([second.written.stdout, second.written.stderr.split(':')[0]]).toEqual(['', 'profile-locked'])
    await ask(origin, token, 'settings.set', { opacity: 0.625 })

    first.child.kill('SIGKILL')
    await first.ended
    const third = await opened(serve())
    expect(third.token).not.toBe(token)
    expect(await (await ask(third.origin, third.token, 'settings.get')).json()).toMatchObject({ opacity: 0.625 })
    expect((await ask(third.origin, token, 'settings.get')).status).toBe(401)
  })

  it.each([
    [['--host', '0.0.0.0'], 'address-refused', 2],
    [['--port', '70000'], 'option-invalid', 2],
    [['--public-origin', 'localhost'], 'option-invalid', 2],
    [['--token', 'x'], 'option-invalid', 2],
    [['--models', 'no-such-folder'], 'model-missing', 4],
  ])('refuses %j before it touches anything', async (options, code, status) => {
    const { written, ended } = serve(...options)
    expect((await ended)[0]).toBe(status)
    expect([written.stdout, written.stderr.trim().split('\n').at(-1)?.split(':')[0]]).toEqual(['', code])
    expect(await readdir(folder)).toEqual([])
  })
})
