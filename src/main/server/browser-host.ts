import { rm } from 'node:fs/promises'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import { createServer } from 'node:http'
import type { Duplex } from 'node:stream'
import { Failed, fail, failureOf } from '../../shared/contract/failure.ts'
import { apiPath } from '../../shared/contract/wire.ts'
import { bugReporter } from '../app/report-bug.ts'
import type { Router } from '../app/router.ts'
import type { Address } from './access/address.ts'
import { originsOfPort } from './access/address.ts'
import type { AllowedOrigins } from './access/allowed-origins.ts'
import { allowedOrigins, checkReader, originAsked } from './access/allowed-origins.ts'
import type { Api, Asked } from './api.ts'
import { answerApi } from './api.ts'
import { Attempts } from './access/attempts.ts'
import { Gate } from './access/gate.ts'
import type { ServerLimits } from './limits.ts'
import { serverLimits } from './limits.ts'
import { listen } from './listen.ts'
import { rendererFile } from './renderer-files.ts'
import { refusalOf, refuseRaw, send, sendRefusal, setSecurityHeaders } from './respond.ts'
import { Sockets } from './stream/sockets.ts'
import { Tickets } from './access/tickets.ts'
import { newToken } from './access/token.ts'
import { writeWhole } from '../files/write-whole.ts'

/** How a browser host is set up. */
export interface BrowserHostOptions {
  readonly router: Router
  /** Folder of the built renderer. */
  readonly rendererFolder: string
  readonly address: Address
  /** Origins under which a tunnel leads here, as `publicOrigin` reads them. */
  readonly publicOrigins: readonly string[]
  /** Where the token is left for programs of the same person; `null` for nowhere. */
  readonly tokenFile: string | null
  /** Takes a line for the log; the token is never in it. */
  readonly log: (line: string) => void
  readonly limits?: Partial<ServerLimits>
  /** Milliseconds on a clock that only goes forward. */
  readonly now?: () => number
}

/** A browser host at work. */
export interface BrowserHost {
  /** Where a browser on this machine finds it. */
  readonly origin: string
  /** The secret of this run. */
  readonly token: string
  /** The address to open, the token in its fragment, which no browser sends anywhere. */
  readonly url: string
  /** Ends everything in progress and stops listening. */
  close(): Promise<void>
}

/**
 * Starts the browser host: serves the renderer and answers the contract, on this machine only.
 * @throws `address-refused` or `address-unusable`
 */
export async function startBrowserHost(options: BrowserHostOptions): Promise<BrowserHost> {
  const limits = { ...serverLimits, ...options.limits }
  const now = options.now ?? (() => performance.now())
  const report = bugReporter(options.log)
  const api: Api = {
    router: options.router,
    token: newToken(),
    tickets: new Tickets(now),
    attempts: new Attempts(limits.attempts, now),
    limits,
    uploads: new Gate(limits.uploads, 'pictures on their way in'),
    streams: new Gate(limits.streams, 'streams'),
  }
  const host = new Host(api, options.rendererFolder, report)
  const port = await listen(host.server, options.address)
  const own = port === null ? ['http://localhost'] : originsOfPort(port)
  host.allowed = allowedOrigins([...own, ...options.publicOrigins])
  // A profile that cannot be written serves from memory; its person has the printed address.
  if (options.tokenFile !== null)
    await writeWhole(options.tokenFile, `${api.token}\n`, 'owner').catch(() => options.log('the token file could not be written'))
  const origin = (port === null ? options.publicOrigins[0] : ownOrigin(options.address, port)) ?? 'http://localhost'
  return {
    origin,
    token: api.token,
    url: `${origin}/#token=${api.token}`,
    close: async () => {
      await host.close()
      if (options.tokenFile !== null) await rm(options.tokenFile, { force: true })
    },
  }
}

function ownOrigin(address: Address, port: number): string {
  return new URL(`http://${address.kind === 'port' && address.host === '::1' ? '[::1]' : '127.0.0.1'}:${port}`).origin
}

class Host {
  readonly server: Server
  /** Nobody is answered before the port is known. */
  allowed: AllowedOrigins = new Map()
  readonly #api: Api
  readonly #rendererFolder: string
  readonly #report: (error: unknown, method: string) => void
  readonly #sockets: Sockets
  readonly #inProgress = new Set<Promise<void>>()

  constructor(api: Api, rendererFolder: string, report: (error: unknown, method: string) => void) {
    this.#api = api
    this.#rendererFolder = rendererFolder
    this.#report = report
    this.#sockets = new Sockets(api, (error) => report(error, 'a stream'))
    const { headers: headersTimeout, request: requestTimeout } = api.limits
    this.server = createServer({
      headersTimeout,
      requestTimeout,
      connectionsCheckingInterval: Math.min(headersTimeout, 5_000),
      maxHeaderSize: 16 * 1024,
      // Checked here, so that the refusal carries our headers.
      requireHostHeader: false,
      shouldUpgradeCallback: ({ headers }) => headers.upgrade?.toLowerCase() === 'websocket',
    })
    this.server.maxConnections = 64
    this.server.on('request', (request, response) => this.#track(this.#answer(request, response)))
    this.server.on('checkExpectation', (request, response) => this.#track(this.#answer(request, response)))
    this.server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => this.#upgrade(request, socket, head))
    this.server.on('clientError', refuseUnreadable)
  }

  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.server.close(resolve))
    await this.#sockets.close()
    this.server.closeAllConnections()
    await Promise.allSettled(this.#inProgress)
    await closed
  }

  #track(work: Promise<void>): void {
    this.#inProgress.add(work)
    void work.finally(() => this.#inProgress.delete(work))
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    setSecurityHeaders(response)
    try {
      const asked = this.#asked(request)
      if (asked.pathname.startsWith(apiPath)) await answerApi(this.#api, asked, request, response)
      else await this.#answerFile(asked, request, response)
    } catch (error) {
      sendRefusal(request, response, this.#refusal(error))
    }
  }

  async #answerFile({ pathname }: Asked, request: IncomingMessage, response: ServerResponse): Promise<void> {
    checkReader(request)
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.setHeader('Allow', 'GET, HEAD')
      fail('verb-refused', { allowed: 'GET' })
    }
    const file = await rendererFile(this.#rendererFolder, pathname)
    if (file === null) return fail('page-missing', {})
    send(response, 200, file.type, file.bytes)
  }

  #upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    socket.on('error', () => {})
    try {
      this.#sockets.admit(this.#asked(request), request, socket, head)
    } catch (error) {
      refuseRaw(socket, this.#refusal(error))
    }
  }

  /** The address asked for, once the request is known to have come to us. */
  #asked(request: IncomingMessage): Asked {
    const origin = originAsked(request, this.allowed)
    const { url: address } = request
    const url = address?.startsWith('/') === true ? URL.parse(`http://host${address}`) : null
    if (address === undefined || url === null) return fail('page-missing', {})
    // What the parser makes of `..` is not what was sent.
    const [pathname = ''] = address.split('?')
    return { pathname, query: url.searchParams, origin }
  }

  #refusal(error: unknown): ReturnType<typeof refusalOf> {
    const failure = failureOf(error)
    if (failure === null) this.#report(error, 'the browser host')
    return refusalOf(failure ?? { code: 'internal', data: {} })
  }
}

/** Bytes that are no HTTP, headers that are too long or too slow. */
function refuseUnreadable(error: NodeJS.ErrnoException, socket: Duplex): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy()
    return
  }
  const { failure } =
    error.code === 'ERR_HTTP_REQUEST_TIMEOUT'
      ? new Failed({ code: 'request-stalled', data: {} })
      : new Failed({ code: 'body-refused', data: { expected: 'HTTP' } })
  const status = error.code === 'ERR_HTTP_REQUEST_TIMEOUT' ? 408 : error.code === 'HPE_HEADER_OVERFLOW' ? 431 : 400
  refuseRaw(socket, refusalOf(failure), status)
}
