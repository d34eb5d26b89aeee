import { goFirstWhenMemoryRunsOut } from './memory-order.ts'
import { serveEngine, type OpenEngine } from './serve.ts'
import type { FromEngine, ToEngine } from './protocol.ts'

/**
 * The main programme of an engine process started by `child_process.fork`. It ends with its host, at the latest when the pass in hand is
 * done, and offers itself first when the machine runs out of memory: the engine can be started again, the host holds the person's work.
 */
export function runEngineProcess(openEngine: OpenEngine): void {
  goFirstWhenMemoryRunsOut()
  process.once('disconnect', () => process.exit())
  // Ctrl+C reaches the whole terminal group; what it means here is for the host to say.
  process.on('SIGINT', () => {})
  serveEngine(
    {
      postMessage: (message: FromEngine) => void process.send?.(message, undefined, {}, () => {}),
      onMessage: (listener) => void process.on('message', (message) => listener(message as ToEngine)),
    },
    openEngine,
  )
}
