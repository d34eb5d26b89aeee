/** Runs in the page's own world before any script of the page: puts there what the preload exposed. */
import { askNames, hello, tellNames, type Asked, type Exposed, type Page, type Told } from './crossing.ts'

const page = globalThis as unknown as Page
/** Calls whose answer is a function, which takes back what was asked; all others answer by a promise. */
const undone = ['openStream', 'onNews']

const callbacks: ((...args: readonly unknown[]) => void)[] = []
const waiting = new Map<number, PromiseWithResolvers<unknown>>()
const { port1, port2 } = new MessageChannel()
let count = 0

let exposed: Exposed | null = null
page.addEventListener(tellNames, ({ detail }) => {
  exposed = JSON.parse(detail) as Exposed
})
page.dispatchEvent(new page.CustomEvent(askNames))
page.postMessage(hello, '*', [port2])
// eslint-disable-next-line @typescript-eslint/no-unnecessary-condition -- the event's listener has run by now
if (exposed !== null) expose(exposed)

function expose({ key, names }: Exposed): void {
  const api = Object.fromEntries(names.map((name) => [name, (...args: readonly unknown[]) => ask(name, args)]))
  Object.defineProperty(globalThis, key, { value: Object.freeze(api) })
}

function ask(name: string, args: readonly unknown[]): unknown {
  const id = (count += 1)
  const sent = args.map((arg) => (typeof arg === 'function' ? { callback: callbacks.push(arg as () => void) - 1 } : arg))
  send({ kind: 'call', id, name, args: sent })
  if (undone.includes(name)) return () => send({ kind: 'undo', id })
  const answer = Promise.withResolvers<unknown>()
  waiting.set(id, answer)
  return answer.promise
}

function send(asked: Asked): void {
  port1.postMessage(asked)
}

Object.assign(port1, {
  onmessage: ({ data }: { readonly data: Told }) => {
    if (data.kind === 'callback') callbacks[data.callback]?.(...data.args)
    else if (data.kind === 'answer') waiting.get(data.id)?.resolve(data.value)
    else waiting.get(data.id)?.reject(new Error(data.message))
  },
})
