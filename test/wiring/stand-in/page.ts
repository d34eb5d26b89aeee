import { readFileSync } from 'node:fs'
import { types } from 'node:util'
import vm from 'node:vm'
import { MessageChannel, type MessagePort } from 'node:worker_threads'
import type Electron from 'electron'
import { invoke, isEvent, post, type Sender } from './ipc.ts'
import { strict } from './strict.ts'

/** What a sandboxed preload may require. */
const allowed = ['electron', 'events', 'timers', 'url']

/** A page with its preload: two worlds that share nothing but what the bridge copies. */
export class PageStandIn {
  readonly exposed: Record<string, unknown> = {}
  readonly #world = vm.createContext({ console, setTimeout, clearTimeout, File: globalThis.File })
  readonly #ports: MessagePort[] = []

  constructor(preload: string, sender: Sender) {
    const source = readFileSync(preload, 'utf8')
    const globals = { console, setTimeout, clearTimeout, MessageChannel: this.#channelClass() }
    const program = vm.compileFunction(source, ['require', 'module', 'exports'], {
      filename: preload,
      parsingContext: vm.createContext(globals),
    })
    const module = { exports: {} }
    Reflect.apply(program, null, [(name: string) => this.#require(name, sender), module, module.exports])
  }

  /** Runs a function, given as source, in the page's own world. */
  evaluate(source: string, argument: unknown): unknown {
    const run = vm.runInContext(`(${source})`, this.#world) as (argument: unknown) => unknown
    return run(argument)
  }

  /** The page is gone: the other ends of its ports hear it. */
  leave(): void {
    for (const port of this.#ports) port.close()
  }

  #require(name: string, sender: Sender): unknown {
    if (!allowed.includes(name)) throw new Error(`a sandboxed preload cannot require "${name}"`)
    if (name !== 'electron') throw new Error(`the stand-in of a sandboxed preload has no "${name}"`)
    return strict('electron', {
      contextBridge: strict('contextBridge', {
        exposeInMainWorld: (key: string, api: unknown) => {
          if (key in this.exposed) throw new Error(`contextBridge.exposeInMainWorld twice for ${key}`)
          const copy = acrossBridge(api)
          this.exposed[key] = copy
          Object.assign(this.#world, { [key]: copy })
        },
      }),
      ipcRenderer: strict('ipcRenderer', {
        invoke: (channel: string, ...args: unknown[]) => invoke(sender, channel, args),
        postMessage: (channel: string, message: unknown, ports: MessagePort[] = []) => post(sender, channel, message, ports),
      }),
      webUtils: strict('webUtils', { getPathForFile: pathOf }),
    } satisfies { contextBridge: Pick<Electron.ContextBridge, 'exposeInMainWorld'> } & Record<string, unknown>)
  }

  #channelClass(): new () => { port1: MessagePort; port2: MessagePort } {
    const ports = this.#ports
    return class extends MessageChannel {
      constructor() {
        super()
        ports.push(this.port1)
      }
    }
  }
}

const paths = new WeakMap<object, string>()

/** Makes a `File` that lies on the disk, as one that was dropped does. */
export function fileOnDisk(path: string): File {
  const file = new File([readFileSync(path)], path)
  paths.set(file, path)
  return file
}

function pathOf(file: unknown): string {
  if (!(file instanceof File)) throw new TypeError('not a File')
  return paths.get(file) ?? ''
}

/** What the bridge lets through: copies of data, functions as proxies, promises; never an event of Electron. */
function acrossBridge(value: unknown): unknown {
  if (typeof value === 'function') return (...args: unknown[]) => acrossBridge(Reflect.apply(value, null, args.map(acrossBridge)))
  if (types.isPromise(value)) return value.then(acrossBridge)
  if (typeof value !== 'object' || value === null || value instanceof File) return value
  if (isEvent(value)) throw new Error('an event of Electron was handed to the page')
  if (isPlain(value)) return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, acrossBridge(inner)]))
  return Array.isArray(value) ? value.map(acrossBridge) : structuredClone(value)
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === null || Object.getPrototypeOf(prototype) === null
}
