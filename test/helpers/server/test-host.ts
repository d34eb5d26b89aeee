import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import type { IncomingHttpHeaders, OutgoingHttpHeaders } from 'node:http'
import { request as httpRequest } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { WebSocket } from 'ws'
import type { BrowserHost, BrowserHostOptions } from '../../../src/main/server/browser-host.ts'
import { startBrowserHost } from '../../../src/main/server/browser-host.ts'
import { pack, unpack } from '../../../src/shared/contract/packing.ts'
import type { ClientMessage, HostMessage } from '../../../src/shared/contract/wire.ts'
import type { EchoRouter } from './echo-router.ts'
import { echoRouter } from './echo-router.ts'

/** What came back over HTTP. */
export interface Reply {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly body: Buffer
  readonly text: string
}

/** How something is asked; the token is sent unless `headers` say otherwise. */
export interface Ask {
  readonly method?: string
  /** In place of `Host`, `Authorization` and all other headers, when it is a list. */
  readonly headers?: OutgoingHttpHeaders | readonly string[]
  readonly body?: string | Uint8Array
  /** Sends the body in chunks, without a length. */
  readonly chunked?: boolean
}

/** A browser host for a test, with a renderer of three files, closed by `await using`. */
export interface TestHost extends AsyncDisposable {
  readonly host: BrowserHost
  readonly router: EchoRouter
  readonly port: number
  readonly folder: string
  readonly log: string[]
  readonly authorization: { readonly Authorization: string }
  ask(path: string, how?: Ask): Promise<Reply>
  /** Opens a WebSocket the way the page does, or in another way. */
  socket(how?: { readonly ticket?: string; readonly origin?: string | null; readonly path?: string }): Promise<TestSocket>
  ticket(): Promise<string>
}

/** Starts a {@link TestHost} on a free port, or on a socket. */
export async function testHost(options: Partial<BrowserHostOptions> = {}): Promise<TestHost> {
  const folder = await mkdtemp(join(tmpdir(), 'whence-host-'))
  await mkdir(join(folder, 'renderer', 'assets'), { recursive: true })
  await writeFile(join(folder, 'renderer', 'index.html'), '<!doctype html><title>Whence</title>')
  await writeFile(join(folder, 'renderer', 'assets', 'main.js'), 'export {}')
  await writeFile(join(folder, 'secret.html'), 'secret')
  const router = echoRouter()
  const log: string[] = []
  const host = await startBrowserHost({
    router,
    rendererFolder: join(folder, 'renderer'),
    address: { kind: 'port', host: '127.0.0.1', port: 0 },
    publicOrigins: [],
    tokenFile: join(folder, 'token'),
    log: (line) => log.push(line),
    ...options,
  })
  const port = Number(new URL(host.origin).port)
  const authorization = { Authorization: `Bearer ${host.token}` }
  const asking = (path: string, how: Ask = {}): Promise<Reply> =>
    ask(port, path, { Host: `127.0.0.1:${port}`, ...authorization }, how)
  const ticket = async (): Promise<string> =>
    (JSON.parse((await asking('/api/ticket', { method: 'POST' })).text) as { ticket: string }).ticket
  return {
    host,
    router,
    port,
    folder,
    log,
    authorization,
    ask: asking,
    ticket,
    socket: async ({ ticket: shown, origin = host.origin, path = '/api/socket' } = {}) =>
      openTestSocket(`ws://127.0.0.1:${port}${path}`, shown ?? (await ticket()), origin),
    [Symbol.asyncDispose]: async () => {
      await host.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

async function ask(
  port: number,
  path: string,
  usual: OutgoingHttpHeaders,
  { method = 'GET', headers = {}, body, chunked }: Ask,
): Promise<Reply> {
  const { promise, resolve, reject } = Promise.withResolvers<Reply>()
  const sent = Array.isArray(headers) ? (headers as string[]) : { ...usual, ...(headers as OutgoingHttpHeaders) }
  const request = httpRequest(
    { host: '127.0.0.1', port, path, method, headers: sent, setHost: false, agent: false },
    (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('error', reject)
      response.on('end', () => {
        const whole = Buffer.concat(chunks)
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: whole, text: whole.toString() })
      })
    },
  )
  request.on('error', reject)
  if (body !== undefined && chunked !== true && !Array.isArray(sent)) request.setHeader('Content-Length', Buffer.byteLength(body))
  request.end(body)
  return promise
}

/** The page's end of a WebSocket. */
export interface TestSocket {
  readonly raw: WebSocket
  send(message: ClientMessage): void
  /** The next message of the host; waits for it. */
  next(): Promise<HostMessage>
  /** The code it was closed with. */
  readonly closed: Promise<number>
}

/** Opens a WebSocket. @throws the status that refused it, as the message of the error */
async function openTestSocket(address: string, ticket: string, origin: string | null): Promise<TestSocket> {
  const raw = new WebSocket(address, ['whence.v1', `ticket.${ticket}`], {
    ...(origin !== null && { origin }),
    perMessageDeflate: true,
  })
  const opened = Promise.withResolvers<void>()
  const closed = Promise.withResolvers<number>()
  const messages: HostMessage[] = []
  let wake = (): void => {}
  raw.on('open', () => opened.resolve())
  raw.on('unexpected-response', (_request, response) => opened.reject(new Error(String(response.statusCode))))
  raw.on('error', (error) => opened.reject(error))
  raw.on('close', (code) => closed.resolve(code))
  raw.on('message', (data) => {
    messages.push(unpack(data as Buffer) as HostMessage)
    wake()
  })
  await opened.promise
  return {
    raw,
    send: (message) => raw.send(pack(message)),
    next: async () => {
      while (messages.length === 0) await new Promise<void>((resolve) => (wake = resolve))
      return messages.shift() as HostMessage
    },
    closed: closed.promise,
  }
}
