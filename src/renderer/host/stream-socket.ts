import type { StreamMessage } from '../../shared/contract/answer.ts'
import { Refused } from '../../shared/contract/answer.ts'
import { pack, unpack } from '../../shared/contract/packing.ts'
import type { ClientMessage, HostMessage } from '../../shared/contract/wire.ts'
import { socketPath, socketProtocol, ticketPrefix } from '../../shared/contract/wire.ts'
import type { ApiClient } from './api-client.ts'
import { refusalFor } from './refusal-for.ts'
import type { Surroundings } from './surroundings.ts'

/** Waits before each attempt to connect, in milliseconds. */
const waits = [0, 250, 1000] as const

type Listener = (message: StreamMessage) => void

/** All streams of a page over one WebSocket, which is opened when first needed and again after it was lost. Streams open at that moment are lost with it. */
export class StreamSocket {
  readonly #surroundings: Surroundings
  readonly #api: ApiClient
  readonly #readers = new Map<number, Listener>()
  #socket: Promise<WebSocket> | null = null
  #next = 0

  constructor(surroundings: Surroundings, api: ApiClient) {
    this.#surroundings = surroundings
    this.#api = api
  }

  /** Opens a stream; what it returns takes the question back. */
  open(method: string, request: unknown, listener: Listener): () => void {
    const id = this.#next++
    this.#readers.set(id, listener)
    void this.#send(id, { kind: 'open', id, method, request })
    return () => {
      if (this.#readers.delete(id)) void this.#send(id, { kind: 'cancel', id })
    }
  }

  async #send(id: number, message: ClientMessage): Promise<void> {
    try {
      if (message.kind === 'cancel' && this.#socket === null) return
      const socket = await (this.#socket ??= this.#connect())
      // Its reader may have left while the connection was made.
      if (message.kind === 'cancel' || this.#readers.has(id)) socket.send(new Uint8Array(pack(message)))
    } catch (error) {
      const refusal = error instanceof Refused ? { code: error.code, message: error.message } : refusalFor('connection-lost')
      this.#deliver({ id, message: { kind: 'refusal', refusal } })
    }
  }

  async #connect(): Promise<WebSocket> {
    try {
      for (const wait of waits) {
        if (wait > 0) await this.#surroundings.wait(wait)
        const socket = await this.#attempt()
        if (socket !== null) return socket
      }
      throw new Refused(refusalFor('connection-lost'))
    } catch (error) {
      this.#socket = null
      throw error
    }
  }

  /** A connection; `null` when the host could not be reached. */
  async #attempt(): Promise<WebSocket | null> {
    const ticket = await this.#ticket()
    if (ticket === null) return null
    const { origin, openSocket } = this.#surroundings
    const socket = openSocket(`${origin.replace(/^http/, 'ws')}${socketPath}`, [socketProtocol, `${ticketPrefix}${ticket}`])
    socket.binaryType = 'arraybuffer'
    const opened = await new Promise<boolean>((resolve) => {
      socket.addEventListener('open', () => resolve(true))
      socket.addEventListener('error', () => resolve(false))
      socket.addEventListener('close', () => resolve(false))
    })
    if (!opened) return null
    socket.addEventListener('message', ({ data }) => this.#deliver(unpack(new Uint8Array(data as ArrayBuffer)) as HostMessage))
    socket.addEventListener('close', () => this.#lose())
    return socket
  }

  async #ticket(): Promise<string | null> {
    try {
      return await this.#api.ticket()
    } catch (error) {
      if (error instanceof Refused && error.code !== 'connection-lost') throw error
      return null
    }
  }

  #deliver({ id, message }: HostMessage): void {
    const listener = this.#readers.get(id)
    if (message.kind !== 'event') this.#readers.delete(id)
    listener?.(message)
  }

  #lose(): void {
    this.#socket = null
    for (const id of [...this.#readers.keys()])
      this.#deliver({ id, message: { kind: 'refusal', refusal: refusalFor('connection-lost') } })
  }
}
