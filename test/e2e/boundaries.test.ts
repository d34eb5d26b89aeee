import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { readFileSync, readdirSync, readlinkSync } from 'node:fs'
import { networkInterfaces } from 'node:os'
import { expect, it } from 'vitest'
import { apartVariable } from '../../scripts/e2e/apart.ts'
import { askHost } from './harness/host/ask-host.ts'
import { sharedChromium } from './harness/browser-driver.ts'
import { rebound } from './harness/chromium.ts'
import { intrusions } from './harness/intrusions.ts'
import { sampleFile } from './harness/pictures.ts'
import { describeWhence } from './harness/suite.ts'
import { waiting } from './harness/window.ts'

const blocked = /Content.Security.Policy|Refused to|violates the following|net::ERR_BLOCKED|blocked by/i

describeWhence('boundaries', (stage) => {
  it('runs without asking anything of any other origin', async () => {
    const { whence, view } = stage
    await view.explained()
    await view.answered(() => whence.dropFile(sampleFile('one')))
    const elsewhere = whence.requests.filter(
      (address) => !/^(blob|data):/.test(address) && new URL(address).origin !== whence.serve.origin,
    )
    expect(elsewhere).toEqual([])
    expect(whence.requests.length).toBeGreaterThan(5)
  })

  it('has no connection but on loopback in host and engine; with the network taken away there is none to be had', (context) => {
    const { whence } = stage
    if (process.platform !== 'linux') context.skip('no table of connections on this system')
    const others = Object.values(networkInterfaces()).flatMap((addresses) =>
      (addresses ?? []).filter(({ internal }) => !internal),
    )
    const apart = process.env[apartVariable] === '1'
    console.log(
      apart
        ? 'in a network namespace that has loopback alone'
        : 'not in a network namespace of its own: run by npm run e2e, on Linux',
    )
    if (apart) expect(others).toEqual([])
    for (const pid of [whence.pid, ...whence.serve.children()])
      expect(remoteEnds(pid).filter((end) => !/^(127\.|::1|0\.0\.0\.0|::$)/.test(end))).toEqual([])
  })

  it('stays where it is when an address or a page is dropped on it', async () => {
    const { whence, view } = stage
    const { url, windows } = { url: view.page.url(), windows: whence.context.pages().length }
    await view.page.evaluate(() => {
      for (const [type, words] of [
        ['text/uri-list', 'https://example.com/'],
        ['text/html', '<a href="https://example.com/">x</a>'],
      ] as const) {
        const carried = new DataTransfer()
        carried.setData(type, words)
        for (const kind of ['dragenter', 'dragover', 'drop'])
          document.body.dispatchEvent(new DragEvent(kind, { dataTransfer: carried, bubbles: true, cancelable: true }))
      }
    })
    await whence.dropFile({
      name: 'page.html',
      mime: 'text/html',
      bytes: Buffer.from('<script>location="https://example.com"</script>'),
    })
    await view.messages.getByRole('alert').waitFor()
    await view.messages.getByRole('button', { name: 'Close the message' }).click()
    whence.complaints.forgive(/the server responded with a status of 4/)
    expect(view.page.url()).toBe(url)
    expect(whence.context.pages()).toHaveLength(windows)
  })

  it('lets no foreign or written-in code run, whatever gets into the page', async () => {
    const { whence, view } = stage
    for (const [name, attempt] of Object.entries(intrusions)) {
      const violation = view.page.evaluate(
        () =>
          new Promise((resolve) =>
            document.addEventListener('securitypolicyviolation', (event) => resolve(event.effectiveDirective), { once: true }),
          ),
      )
      await view.page.evaluate(attempt)
      expect(await violation, name).toBeTruthy()
    }
    expect(await view.page.evaluate(() => 'broken' in globalThis)).toBe(false)
    expect(whence.complaints.all().length).toBeGreaterThan(0)
    whence.complaints.forgive(blocked)
    whence.complaints.forgive(/EvalError|Evaluating a string|Failed to load resource|ERR_|SecurityError/)
    await view.page.reload()
    await view.explained()
  })

  it('answers nothing to a page whose name was made to lead here', async () => {
    const { whence } = stage
    const { port } = new URL(whence.serve.origin)
    const context = await (await sharedChromium()).newContext()
    try {
      const page = await context.newPage()
      const answer = await page.goto(`http://${rebound}:${port}/#token=${whence.serve.token}`)
      expect(answer?.status()).toBe(403)
      expect(await page.content()).not.toContain('<script')
      const called = await page.evaluate(async (token) => {
        const { status } = await fetch('/api/app.state', {
          method: 'POST',
          headers: { Authorization: `Bearer ${token}` },
          body: '{}',
        })
        return status
      }, whence.serve.token)
      expect(called).toBe(403)
    } finally {
      await context.close()
    }
  })

  it('answers nothing to a page of another port, which cannot change anything', async () => {
    const { whence } = stage
    const target = whence.serve.origin
    const { token } = whence.serve
    const list = { search: '', offset: 0, limit: 1 }
    const before = await askHost<{ total: number; entries: { id: string }[] }>(whence, 'history.list', list)
    const body = JSON.stringify({ ids: before.entries.map(({ id }) => id) })
    const other = createServer((_, response) =>
      response.setHeader('Content-Type', 'text/html').end('<!doctype html><title>other</title>'),
    )
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
    const context = await (await sharedChromium()).newContext()
    try {
      const page = await context.newPage()
      await page.goto(`http://127.0.0.1:${(other.address() as AddressInfo).port}/`)
      const outcomes = await page.evaluate(tryEverything, { target, token, body })
      expect(outcomes).toEqual({
        get: 'refused',
        simple: 'refused',
        bearer: 'refused',
        opaque: 'refused',
        picture: 'refused',
        socket: 'refused',
        frame: 'refused',
      })
    } finally {
      await context.close()
      other.close()
    }
    const after = await askHost<{ total: number }>(whence, 'history.list', list)
    expect(before.entries).toHaveLength(1)
    expect(after.total).toBe(before.total)
  })

  it('shows a page without a token nothing but a sentence', async () => {
    const { whence } = stage
    const context = await (await sharedChromium()).newContext()
    try {
      const page = await context.newPage()
      await page.goto(whence.serve.origin)
      await page
        .getByText(/The token is missing or wrong/)
        .first()
        .waitFor()
      expect(await page.getByRole('list', { name: 'History' }).getByRole('listitem').count()).toBe(0)
    } finally {
      await context.close()
    }
  })

  it('never starts a browser, and none without its sandbox: the flag occurs in no code of the product', async () => {
    const { view } = stage
    await expect.poll(() => view.mapSize(), waiting).toBe('12x12')
    const sources = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((name) => /\.(ts|tsx|json)$/.test(name))
    expect(sources.filter((name) => readFileSync(`src/${name}`, 'utf8').includes('no-sandbox'))).toEqual([])
  })
})

/** Runs in a page of another origin: everything it can try, even with the token, to delete from the history or to read. */
async function tryEverything({
  target,
  token,
  body,
}: Record<'target' | 'token' | 'body', string>): Promise<Record<string, string>> {
  const read = (request: Promise<Response>): Promise<string> =>
    request.then(
      () => 'answered',
      () => 'refused',
    )
  const headers = { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' }
  const api = `${target}/api/history.delete`
  const opaque = await fetch(`${target}/`, { mode: 'no-cors' }).then(
    (answer) => (answer.type === 'opaque' ? 'answered' : 'refused'),
    () => 'refused',
  )
  const picture = await new Promise<string>((resolve) => {
    const image = Object.assign(new Image(), { onload: () => resolve('answered'), onerror: () => resolve('refused') })
    image.src = `${target}/icon.svg`
  })
  const socket = await new Promise<string>((resolve) => {
    const opened = new WebSocket(`${target.replace('http', 'ws')}/api/socket`, ['whence.v1', 'ticket.x'])
    opened.onopen = () => resolve('answered')
    opened.onerror = () => resolve('refused')
  })
  const frame = await new Promise<string>((resolve) => {
    const inside = Object.assign(document.createElement('iframe'), { src: `${target}/` })
    // A refused frame loads an error page, which this page cannot look into either; what was framed would have told its height.
    inside.onload = () => resolve(inside.contentWindow === null || inside.contentWindow.length === 0 ? 'refused' : 'answered')
    document.body.append(inside)
  })
  return {
    get: await read(fetch(api)),
    simple: await read(fetch(api, { method: 'POST', headers: { 'Content-Type': 'text/plain' }, body })),
    bearer: await read(fetch(api, { method: 'POST', headers, body })),
    opaque,
    picture,
    socket,
    frame,
  }
}

/** Other ends of a process's internet connections, as Linux's tables have them. */
function remoteEnds(pid: number): string[] {
  const sockets = new Set(
    readdirSync(`/proc/${pid}/fd`).flatMap((handle) => {
      try {
        return /^socket:\[(\d+)\]$/.exec(readlinkSync(`/proc/${pid}/fd/${handle}`))?.[1] ?? []
      } catch {
        return []
      }
    }),
  )
  return ['tcp', 'tcp6', 'udp', 'udp6'].flatMap((table) =>
    readFileSync(`/proc/${pid}/net/${table}`, 'utf8')
      .split('\n')
      .slice(1)
      .map((line) => line.trim().split(/\s+/))
      .filter((fields) => sockets.has(fields[9] ?? ''))
      .map((fields) => addressOf(fields[2] ?? '')),
  )
}

/** An address out of Linux's hexadecimal, little-endian table. */
function addressOf(text: string): string {
  const [address = ''] = text.split(':')
  const bytes = Buffer.from(address, 'hex')
  if (bytes.length === 4) return [...bytes].reverse().join('.')
  if (bytes.every((byte) => byte === 0)) return '::'
  return bytes.toString('hex') === '00000000000000000000000001000000' ? '::1' : bytes.toString('hex')
}
