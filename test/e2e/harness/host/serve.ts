import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { childrenOf } from './children.ts'

const program = fileURLToPath(new URL('../../../../src/main/cli/index.ts', import.meta.url))
const startMs = 60_000

/** A `whence serve` at work in a process of its own. */
export interface Serve {
  /** What it printed: the address to open, with its token. */
  readonly url: string
  readonly origin: string
  readonly token: string
  readonly pid: number
  /** What it wrote to standard error so far. */
  readonly log: () => string
  /** Everything it wrote to standard output so far. */
  readonly output: () => string
  /** Process ids of its children: the engine. */
  children(): number[]
  /** Asks it to end, and waits. @returns exit status or signal */
  stop(): Promise<number | string | null>
  /** Kills it as a power cut would. */
  kill(): Promise<void>
}

/** Starts `whence serve` on a profile, on a free port. @param words more of its command line */
export async function startServe(profile: string, words: readonly string[] = []): Promise<Serve> {
  const child = spawn(process.execPath, [program, 'serve', '--port', '0', '--profile', profile, ...words], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NODE_OPTIONS: '', NO_COLOR: '1' },
  })
  let log = ''
  let output = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => (log += text))
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text))
  const url = await addressOf(child, () => log)
  const { origin, hash } = new URL(url)
  return {
    url,
    origin,
    token: new URLSearchParams(hash.slice(1)).get('token') ?? '',
    pid: child.pid ?? 0,
    log: () => log,
    output: () => output,
    children: () => childrenOf(child.pid ?? 0),
    stop: () => end(child, 'SIGTERM'),
    kill: async () => {
      await end(child, 'SIGKILL')
    },
  }
}

async function addressOf(child: ChildProcess, log: () => string): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>()
  const late = setTimeout(() => reject(new Error(`whence serve printed no address: ${log()}`)), startMs)
  if (child.stdout !== null) createInterface(child.stdout).once('line', resolve)
  child.once('exit', (code) => reject(new Error(`whence serve ended with ${code}: ${log()}`)))
  child.once('error', reject)
  try {
    return await promise
  } finally {
    clearTimeout(late)
  }
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<number | string | null> {
  if (child.exitCode === null && child.signalCode === null) {
    const exited = once(child, 'exit')
    child.kill(signal)
    await exited
  }
  return child.exitCode ?? child.signalCode
}
