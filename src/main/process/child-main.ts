import { writeFileSync } from 'node:fs'
import { serveEngine, type OpenEngine } from './serve.ts'
import type { FromEngine, ToEngine } from './protocol.ts'

/** Linux ends the process with the highest score first when memory runs out; from -1000 to 1000, ordinary programs have 0. */
const outOfMemoryScore = '500'

/**
 * The main programme of an engine process started by `child_process.fork`. It ends with its host, at the latest when the pass in hand is
 * done, and offers itself first when the machine runs out of memory: the engine can be started anew, the host holds the person's work.
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

function goFirstWhenMemoryRunsOut(): void {
  if (process.platform !== 'linux') return
  try {
    writeFileSync('/proc/self/oom_score_adj', outOfMemoryScore)
  } catch {
    // A sandbox may forbid it; then the kernel decides by size alone.
  }
}
