import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { WebSocketServer } from 'ws'
import { fail } from '../../../shared/contract/failure.ts'
import { socketPath, socketProtocol, ticketPrefix } from '../../../shared/contract/wire.ts'
import { checkAsker } from '../access/allowed-origins.ts'
import type { Api, Asked } from '../api.ts'
import { refusalOf, refuseRaw } from '../respond.ts'
import { SocketClient } from './socket-client.ts'

/** The WebSockets of a browser host. */
export class Sockets {
  readonly #api: Api
  readonly #report: (error: unknown) => void
  readonly #server: WebSocketServer
  readonly #clients = new Set<SocketClient>()
  readonly #heartbeat: NodeJS.Timeout

  constructor(api: Api, report: (error: unknown) => void) {
    this.#api = api
    this.#report = report
    this.#server = new WebSocketServer({
      noServer: true,
      clientTracking: false,
      perMessageDeflate: false,
      maxPayload: api.limits.body,
      handleProtocols: () => socketProtocol,
    })
    this.#server.on('wsClientError', (_error, socket: Duplex) => {
      refuseRaw(socket, refusalOf({ code: 'body-refused', data: { expected: 'a WebSocket handshake of version 13' } }), 400)
    })
    this.#heartbeat = setInterval(() => this.#clients.forEach((client) => client.checkAlive()), api.limits.heartbeat)
    this.#heartbeat.unref()
  }

  /**
   * Opens a WebSocket for a page of our own that shows a ticket.
   * @throws what is to be refused
   */
  admit(asked: Asked, request: IncomingMessage, socket: Duplex, head: Buffer): void {
    if (asked.pathname !== socketPath) fail('page-missing', {})
    // Only a browser's page opens one, and a browser always says which.
    if (request.headers.origin === undefined) fail('origin-refused', {})
    checkAsker(request, asked.origin)
    const ticket = ticketOf(request)
    if (ticket === null || !this.#api.tickets.redeem(ticket)) fail('token-wrong', {})
    const { sockets } = this.#api.limits
    if (this.#clients.size >= sockets) fail('too-much-at-once', { what: 'open pages', most: sockets })
    this.#server.handleUpgrade(request, socket, head, (opened) => {
      const client = new SocketClient(opened, this.#api.router, this.#api.limits, this.#report)
      this.#clients.add(client)
      opened.once('close', () => this.#clients.delete(client))
    })
  }

  /** Closes all at once; fulfilled when their streams have ended. */
  async close(): Promise<void> {
    clearInterval(this.#heartbeat)
    await Promise.all([...this.#clients].map((client) => client.close()))
  }
}

function ticketOf({ headers }: IncomingMessage): string | null {
  const offered = headers['sec-websocket-protocol']?.split(',').map((protocol) => protocol.trim())
  if (offered?.includes(socketProtocol) !== true) return null
  const ticket = offered.find((protocol) => protocol.startsWith(ticketPrefix))
  return ticket === undefined ? null : ticket.slice(ticketPrefix.length)
}
