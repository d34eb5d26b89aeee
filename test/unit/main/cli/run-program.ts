import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/** How a run of the program ended. */
export interface Run {
  readonly status: number | null
  readonly signal: NodeJS.Signals | null
  readonly stdout: string
  readonly stderr: string
}

/** What a run is given besides its arguments. */
export interface Circumstances {
  readonly folder?: string
  readonly env?: NodeJS.ProcessEnv
  readonly input?: string | Uint8Array
  /** Called with every piece of the standard error. */
  readonly onError?: (text: string, child: ChildProcess) => void
}

const fakeProgram = fileURLToPath(new URL('./fake-program.ts', import.meta.url))

/** Runs the command line with the fake engine in a process of its own. */
export async function runProgram(args: readonly string[], { folder, env, input, onError }: Circumstances = {}): Promise<Run> {
  const child = spawn(process.execPath, [fakeProgram, ...args], {
    cwd: folder,
    env: { PATH: process.env['PATH'], WHENCE_CACHE: '', ...env },
  })
  let [stdout, stderr] = ['', '']
  child.stdout.on('data', (data: Buffer) => (stdout += data.toString()))
  child.stderr.on('data', (data: Buffer) => {
    stderr += data.toString()
    onError?.(data.toString(), child)
  })
  child.stdin.end(input)
  const [status, signal] = await new Promise<[number | null, NodeJS.Signals | null]>((resolve) => {
    child.on('close', (code, by) => resolve([code, by]))
  })
  return { status, signal, stdout, stderr }
}
