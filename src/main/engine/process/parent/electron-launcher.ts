import { fileURLToPath } from 'node:url'
import type { EngineLauncher, EnginePort } from './launcher.ts'
import { paredEnvironment } from './node-launcher.ts'
import type { FromEngine, ToEngine } from '../child/protocol.ts'

const lastOutputLength = 4096

/** What is used of Electron's `UtilityProcess`. Stated here, so that this file runs, and is tested, where there is no Electron. */
export interface UtilityChild {
  /** `undefined` before it runs and after it ended. */
  readonly pid: number | undefined
  readonly stderr: { on(event: 'data', listener: (chunk: Uint8Array) => void): unknown } | null
  postMessage(message: ToEngine): void
  kill(): boolean
  on(event: 'message', listener: (message: unknown) => void): unknown
  on(event: 'exit', listener: (code: number) => void): unknown
  on(event: 'error', listener: (type: 'FatalError', location: string) => void): unknown
}

/** `utilityProcess.fork` of Electron, as far as it is used. */
export type ForkUtility = (
  program: string,
  args: string[],
  options: { env: NodeJS.ProcessEnv; execArgv: string[]; stdio: ('ignore' | 'pipe')[]; serviceName: string },
) => UtilityChild

/**
 * Starts engine processes by Electron's `utilityProcess.fork`: `child_process.fork` needs the fuse `RunAsNode`, which is off.
 * @param entry program of the process, built: `utility-entry`
 */
export function electronLauncher(fork: ForkUtility, entry: URL): EngineLauncher {
  return {
    launch: () =>
      portOf(
        fork(fileURLToPath(entry), [], {
          env: paredEnvironment(process.env),
          execArgv: [],
          stdio: ['ignore', 'ignore', 'pipe'],
          serviceName: 'Whence engine',
        }),
      ),
  }
}

function portOf(child: UtilityChild): EnginePort {
  const lastOutput = keepLastOutput(child)
  let ended = false
  child.on('exit', () => (ended = true))
  return {
    get pid() {
      return child.pid ?? null
    },
    postMessage: (message) => {
      if (!ended) child.postMessage(message)
    },
    onMessage: (listener) => void child.on('message', (message) => listener(message as FromEngine)),
    // A signal comes as its number, like an exit code; Electron does not say which of the two it is.
    onExit: (listener) =>
      void child.on('exit', (code) => listener({ code, signal: null, launchError: null, lastOutput: lastOutput() })),
    kill: () => kill(child),
  }
}

/** Electron's own `kill` sends SIGTERM and cleans up after the process; an engine in the middle of a pass may not react to it. */
function kill(child: UtilityChild): void {
  const { pid } = child
  child.kill()
  if (pid === undefined || process.platform === 'win32') return
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // It has gone already.
  }
}

function keepLastOutput(child: UtilityChild): () => string {
  const decoder = new TextDecoder()
  let words = ''
  const add = (text: string): void => void (words = (words + text).slice(-lastOutputLength))
  child.stderr?.on('data', (chunk) => add(decoder.decode(chunk, { stream: true })))
  child.on('error', (type, location) => add(`\n${type} in ${location}`))
  return () => words.trim()
}
