import { MessageChannel, type MessagePort } from 'node:worker_threads'
import { post, type Sender } from './ipc.ts'

/** What came by a port since it was asked last; nothing comes after `closed`. */
export interface Delivery {
  readonly messages: readonly unknown[]
  readonly closed: boolean
}

interface RemotePort {
  readonly port: MessagePort
  messages: unknown[]
  closed: boolean
  wake: () => void
}

const ports = new Map<string, RemotePort>()

/** Posts a message with a port whose other end lies in a browser: what comes by it waits for {@link deliver}. */
export function postFromAfar(from: Sender, channel: string, message: unknown, id: string): void {
  const { port1, port2 } = new MessageChannel()
  const remote: RemotePort = { port: port1, messages: [], closed: false, wake: () => undefined }
  ports.set(id, remote)
  port1.on('message', (told) => {
    remote.messages.push(told)
    remote.wake()
  })
  port1.on('close', () => {
    remote.closed = true
    remote.wake()
  })
  post(from, channel, message, [port2])
}

/** Waits until something comes by a port, or it closes. */
export async function deliver(id: string): Promise<Delivery> {
  const remote = ports.get(id)
  if (remote === undefined) return { messages: [], closed: true }
  if (remote.messages.length === 0 && !remote.closed) await new Promise<void>((resolve) => (remote.wake = resolve))
  const { messages, closed } = remote
  remote.messages = []
  if (closed) ports.delete(id)
  return { messages, closed }
}

/** The browser's end of a port was closed. */
export function closeFromAfar(id: string): void {
  ports.get(id)?.port.close()
}

/** The page in the browser is gone, and with it its ends of all ports. */
export function closeAllFromAfar(): void {
  for (const { port } of ports.values()) port.close()
}
