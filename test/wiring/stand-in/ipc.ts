import { EventEmitter } from 'node:events'
import type { MessagePort } from 'node:worker_threads'
import type Electron from 'electron'
import { MessagePortMainStandIn } from './message-port.ts'
import { strict } from './strict.ts'

type Invoked = Parameters<Electron.IpcMain['handle']>[1]

/** A page that sends a message, as the main process sees it. */
export interface Sender {
  readonly sender: unknown
  readonly senderFrame: Pick<Electron.WebFrameMain, 'parent' | 'origin' | 'url'> | null
}

const events = new WeakSet()

/** Whether an object is an event of Electron, which must never reach a page. */
export function isEvent(value: unknown): boolean {
  return typeof value === 'object' && value !== null && events.has(value)
}

/** Marks an event. */
export function event<Event extends object>(value: Event): Event {
  events.add(value)
  return value
}

class IpcMainStandIn extends EventEmitter implements Pick<Electron.IpcMain, 'handle'> {
  readonly handlers = new Map<string, Invoked>()

  handle(channel: string, listener: Invoked): void {
    if (this.handlers.has(channel)) throw new Error(`Attempted to register a second handler for '${channel}'`)
    this.handlers.set(channel, listener)
  }
}

const main = new IpcMainStandIn()
/** `ipcMain` of Electron. */
export const ipcMain = strict('ipcMain', main)

/** The channels somebody listens to. */
export function entryPoints(): { readonly invoke: readonly string[]; readonly post: readonly string[] } {
  return { invoke: [...main.handlers.keys()].sort(), post: main.eventNames().map(String).sort() }
}

/** What `ipcRenderer.invoke` does: a copy goes there, a copy comes back, and of an error nothing but its message. */
export async function invoke(from: Sender, channel: string, args: readonly unknown[]): Promise<unknown> {
  const handler = main.handlers.get(channel)
  if (handler === undefined)
    throw new Error(`Error invoking remote method '${channel}': Error: No handler registered for '${channel}'`)
  const copies = structuredClone(args) as unknown[]
  let answer: unknown
  try {
    // The event is short-lived: read after the first `await`, its frame is gone.
    const short = shortLived(from)
    answer = handler(short.event as Electron.IpcMainInvokeEvent, ...copies)
    short.end()
    answer = await answer
  } catch (error) {
    throw new Error(`Error invoking remote method '${channel}': ${String(error)}`)
  }
  return structuredClone(answer)
}

/** What `ipcRenderer.postMessage` does. */
export function post(from: Sender, channel: string, message: unknown, ports: readonly MessagePort[]): void {
  if (main.listenerCount(channel) === 0) throw new Error(`nobody listens to '${channel}'`)
  const short = shortLived(from, { ports: ports.map((port) => new MessagePortMainStandIn(port)) })
  main.emit(channel, short.event, structuredClone(message))
  short.end()
}

function shortLived(from: Sender, more: object = {}): { readonly event: object; end(): void } {
  let over = false
  const made = event({
    ...more,
    sender: from.sender,
    get senderFrame() {
      return over ? null : from.senderFrame
    },
  })
  return { event: made, end: () => void (over = true) }
}
