import { randomUUID } from 'node:crypto'
import type { RawData, WebSocket } from 'ws'
import type { StreamMessage } from '../../../shared/contract/answer.ts'
import { pack, unpack } from '../../../shared/contract/packing.ts'
import type { ClientMessage, HostMessage } from '../../../shared/contract/wire.ts'
import { clientMessage } from '../../../shared/contract/wire.ts'
import type { Client } from '../../app/handlers.ts'
import type { Router } from '../../app/router.ts'
import type { ServerLimits } from '../limits.ts'
import { pump, within } from './pump.ts'
import { refusalOf } from '../respond.ts'

/** Closing codes of the WebSocket protocol. */
const closing = { unsupported: 1003, policy: 1008, bug: 1011 } as const
/** Most streams still ending after their question was taken back, as a multiple of those allowed. */
const patience = 4
/** Most bytes of refusals that wait for a client that does not read, in bytes. */
const mostUnread = 1024 * 1024

/** One page at the other end of a WebSocket: opens its streams, and ends them all when it goes away. */
export class SocketClient {
  readonly #client: Client = { id: randomUUID(), host: 'browser' }
  readonly #socket: WebSocket
  readonly #router: Router
  readonly #limits: ServerLimits
  readonly #report: (error: unknown) => void
  /** Streams in progress by their number; those taken back are only in `#ending`. */
  readonly #streams = new Map<number, AbortController>()
  readonly #ending = new Set<Promise<void>>()
  #alive = true

  constructor(socket: WebSocket, router: Router, limits: ServerLimits, report: (error: unknown) => void) {
    this.#socket = socket
    this.#router = router
    this.#limits = limits
    this.#report = report
    socket.binaryType = 'nodebuffer'
    socket.on('message', (data, isBinary) => this.#receive(data, isBinary))
    socket.on('pong', () => (this.#alive = true))
    socket.on('close', () => this.#cancelAll())
    // `close` follows and does the work.
    socket.on('error', () => {})
  }

  /** Asks for a sign of life; one that still owes the last one is closed. */
  checkAlive(): void {
    if (!this.#alive) this.#socket.terminate()
    this.#alive = false
    this.#socket.ping()
  }

  /** Closes it at once; fulfilled when its streams have ended. */
  async close(): Promise<void> {
    this.#socket.terminate()
    await Promise.allSettled(this.#ending)
  }

  #receive(data: RawData, isBinary: boolean): void {
    if (!isBinary) return this.#socket.close(closing.unsupported)
    const message = readMessage(data as Buffer)
    if (message === null) return this.#socket.close(closing.policy)
    if (message.kind === 'open') this.#open(message)
    else this.#cancel(message.id)
  }

  #open({ id, method, request }: Extract<ClientMessage, { kind: 'open' }>): void {
    const { streams } = this.#limits
    if (this.#streams.has(id) || this.#ending.size >= streams * patience || this.#socket.bufferedAmount > mostUnread)
      return this.#drop()
    if (this.#streams.size >= streams) {
      const refusal = refusalOf({ code: 'too-much-at-once', data: { what: 'streams', most: streams } })
      return this.#socket.send(pack({ id, message: { kind: 'refusal', refusal } } satisfies HostMessage))
    }
    const control = new AbortController()
    this.#streams.set(id, control)
    const run = this.#run(id, method, request, control)
    this.#ending.add(run)
    void run.finally(() => this.#ending.delete(run))
  }

  async #run(id: number, method: string, request: unknown, control: AbortController): Promise<void> {
    try {
      const messages = this.#router.stream(method, request, { signal: control.signal, client: this.#client })
      await pump(messages, control.signal, (message) => this.#send(id, message, control.signal))
    } catch (error) {
      if (control.signal.aborted) return
      this.#report(error)
      this.#socket.close(closing.bug)
    } finally {
      if (this.#streams.get(id) === control) this.#streams.delete(id)
    }
  }

  /** Fulfilled when the message has left this process. */
  async #send(id: number, message: StreamMessage, signal: AbortSignal): Promise<void> {
    if (signal.aborted) return
    // Its number is free as soon as the client can know.
    if (message.kind !== 'event') this.#streams.delete(id)
    const frame = pack({ id, message } satisfies HostMessage)
    const { promise, resolve } = Promise.withResolvers<void>()
    this.#socket.send(frame, () => resolve())
    await within(this.#limits.messageSilence, promise, () => this.#socket.terminate())
  }

  #cancel(id: number): void {
    this.#streams.get(id)?.abort()
    this.#streams.delete(id)
  }

  #cancelAll(): void {
    for (const id of [...this.#streams.keys()]) this.#cancel(id)
  }

  /** Ends a client that breaks the rules; it is not waited for. */
  #drop(): void {
    this.#socket.close(closing.policy)
    this.#cancelAll()
    setTimeout(() => this.#socket.terminate(), 1000).unref()
  }
}

function readMessage(data: Buffer): ClientMessage | null {
  try {
    return clientMessage.safeParse(unpack(data)).data ?? null
  } catch {
    return null
  }
}
