import { fork, type ChildProcess } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { EngineLauncher, EnginePort, ProcessExit } from './launcher.ts'
import type { FromEngine } from '../child/protocol.ts'

const lastOutputLength = 4096
/** A grandchild may hold standard error open for ever; the news of the exit does not wait for that. */
const lastOutputWaitMs = 250

/** The program of the engine process: TypeScript in a checkout, JavaScript when built. */
const ownEntry = new URL(import.meta.url.endsWith('.ts') ? '../child/entry.ts' : '../child/entry.js', import.meta.url)

/** What the engine may know of the surroundings: where libraries, temporary files and graphics cards are, and the language. */
const passedOn =
  /^(PATH|HOME|USERPROFILE|TMPDIR|TEMP|TMP|TZ|LANG|LC_\w+|SystemRoot|windir|LOCALAPPDATA|XDG_\w+|LD_LIBRARY_PATH|DYLD_\w+|CUDA_\w+|NVIDIA_\w+|VK_\w+)$/i

/** Those variables of `environment` that the engine process gets; options for Node and secrets stay behind. */
export function paredEnvironment(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(environment).filter(([name]) => passedOn.test(name)))
}

/**
 * Starts engine processes by `child_process.fork`.
 * @param entry program of the process; by default Whence's own engine
 */
export function nodeLauncher(entry: URL = ownEntry): EngineLauncher {
  return {
    launch: () =>
      portOf(
        fork(fileURLToPath(entry), [], {
          execArgv: [],
          env: paredEnvironment(process.env),
          serialization: 'advanced',
          stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
          windowsHide: true,
        }),
      ),
  }
}

function portOf(child: ChildProcess): EnginePort {
  const lastOutput = keepLastOutput(child)
  return {
    pid: child.pid ?? null,
    // Without the callback, a message to a process that has just gone would be thrown as an 'error' event.
    postMessage: (message) => void child.send(message, () => {}),
    onMessage: (listener) => void child.on('message', (message) => listener(message as FromEngine)),
    onExit: (listener) => watchExit(child, lastOutput, listener),
    kill: () => void child.kill('SIGKILL'),
  }
}

function keepLastOutput(child: ChildProcess): () => string {
  let words = ''
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    words = (words + text).slice(-lastOutputLength)
  })
  return () => words.trim()
}

function watchExit(child: ChildProcess, lastOutput: () => string, listener: (exit: ProcessExit) => void): void {
  const report = once((exit: Omit<ProcessExit, 'lastOutput'>) => listener({ ...exit, lastOutput: lastOutput() }))
  child.once('error', (error) => {
    if (child.pid === undefined) report({ code: null, signal: null, launchError: error.message })
  })
  child.once('exit', (code, signal) => setTimeout(() => report({ code, signal, launchError: null }), lastOutputWaitMs))
  child.once('close', (code, signal) => report({ code, signal, launchError: null }))
}

function once<Value>(action: (value: Value) => void): (value: Value) => void {
  let called = false
  return (value) => {
    if (called) return
    called = true
    action(value)
  }
}
