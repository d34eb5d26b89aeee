import { serveEngine, type OpenEngine } from './serve.ts'
import type { FromEngine, ToEngine } from './protocol.ts'
import { goFirstWhenMemoryRunsOut } from './memory-order.ts'

/** What is used of `process.parentPort`, which Electron gives its utility processes. Messages wait until somebody listens. */
interface ParentPort {
  postMessage(message: FromEngine): void
  on(event: 'message', listener: (event: { readonly data: unknown }) => void): unknown
}

/** The main programme of an engine process started by `utilityProcess.fork`. Electron ends it with its host. */
export function runUtilityEngine(openEngine: OpenEngine): void {
  const { parentPort } = process as { readonly parentPort?: ParentPort }
  if (parentPort === undefined) throw new Error('this program is started by Electron as a utility process')
  goFirstWhenMemoryRunsOut()
  serveEngine(
    {
      postMessage: (message) => parentPort.postMessage(message),
      onMessage: (listener) => void parentPort.on('message', ({ data }) => listener(data as ToEngine)),
    },
    openEngine,
  )
}
