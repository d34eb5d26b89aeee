/** Runs in a world of its own before any script of the page: the stand-in's half of Electron that a preload requires. */
import { pack, unpack } from '../../../src/shared/contract/packing.ts'
import {
  askNames,
  hello,
  tellNames,
  type Asked,
  type Callback,
  type Page,
  type PageEvent,
  type Port,
  type Told,
} from './crossing.ts'

const page = globalThis as unknown as Page

type Preload = (require: (name: string) => unknown, module: { exports: object }, exports: object) => void
type Api = Readonly<Record<string, (...args: readonly unknown[]) => unknown>>

/** @param paths where files that are dropped lie, by their names */
export function runPreload(preload: Preload, paths: Readonly<Record<string, string>>): void {
  const electron = {
    contextBridge: { exposeInMainWorld: expose },
    ipcRenderer: {
      invoke: (channel: string, ...args: readonly unknown[]) => exchange('invoke', { channel, args }),
      postMessage: (channel: string, message: unknown, [port]: readonly Port[]) => void sendPort(channel, message, port),
    },
    webUtils: { getPathForFile: ({ name }: { readonly name: string }) => paths[name] ?? '' },
  }
  const module = { exports: {} }
  preload(
    (name) => {
      if (name !== 'electron') throw new Error(`a sandboxed preload cannot require "${name}"`)
      return electron
    },
    module,
    module.exports,
  )
}

function expose(key: string, api: Api): void {
  const detail = JSON.stringify({ key, names: Object.keys(api) })
  page.addEventListener(askNames, () => void page.dispatchEvent(new page.CustomEvent(tellNames, { detail })))
  page.addEventListener('message', (event: PageEvent) => {
    if (event.data !== hello) return
    event.stopImmediatePropagation()
    const [port] = event.ports
    if (port !== undefined) answerCalls(port, api)
  })
}

function answerCalls(port: Port, api: Api): void {
  const undo = new Map<number, () => void>()
  const tell = (told: Told): void => port.postMessage(told)
  const received = (arg: unknown): unknown => {
    if (typeof arg !== 'object' || arg === null || !('callback' in arg)) return arg
    const { callback } = arg as Callback
    return (...args: readonly unknown[]) => tell({ kind: 'callback', callback, args })
  }
  Object.assign(port, {
    onmessage: async ({ data }: { readonly data: Asked }) => {
      if (data.kind === 'undo') return undo.get(data.id)?.()
      try {
        const value = await api[data.name]?.(...data.args.map(received))
        if (typeof value === 'function') undo.set(data.id, value as () => void)
        else tell({ kind: 'answer', id: data.id, value })
      } catch (error) {
        tell({ kind: 'error', id: data.id, message: String(error) })
      }
    },
  })
}

async function sendPort(channel: string, message: unknown, port: Port | undefined): Promise<void> {
  const id = crypto.randomUUID()
  await exchange('post', { channel, message, id })
  port?.addEventListener('close', () => void exchange('close', { id }))
  for (;;) {
    const { messages, closed } = (await exchange('next', { id })) as { messages: readonly unknown[]; closed: boolean }
    for (const told of messages) port?.postMessage(told)
    if (closed) return port?.close()
  }
}

/** To the main process, by a request that never leaves the browser's test harness. */
async function exchange(kind: string, body: unknown): Promise<unknown> {
  const response = await fetch(`/wiring/${kind}`, { method: 'POST', body: pack(body) })
  const { error, value } = unpack(new Uint8Array(await response.arrayBuffer())) as { error?: string; value?: unknown }
  if (error !== undefined) throw new Error(error)
  return value
}
