import { EventEmitter } from 'node:events'
import type { MessagePort } from 'node:worker_threads'
import type Electron from 'electron'

/** The main process's end of a channel. Like Electron's, it hands nothing over until it is started. */
export class MessagePortMainStandIn
  extends EventEmitter
  implements Pick<Electron.MessagePortMain, 'postMessage' | 'start' | 'close'>
{
  readonly #port: MessagePort
  #started = false

  constructor(port: MessagePort) {
    super()
    this.#port = port
    port.on('close', () => this.emit('close'))
  }

  start(): void {
    if (this.#started) return
    this.#started = true
    this.#port.on('message', (data: unknown) => this.emit('message', { data, ports: [] }))
  }

  postMessage(message: unknown): void {
    this.#port.postMessage(message)
  }

  close(): void {
    this.#port.close()
  }
}
