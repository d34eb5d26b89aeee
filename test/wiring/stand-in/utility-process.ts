import { fork, type ChildProcess } from 'node:child_process'
import { EventEmitter } from 'node:events'
import type Electron from 'electron'
import { onlyWhenReady, record } from './records.ts'
import { strict } from './strict.ts'

/** A utility process, carried by a plain one whose messages go by `process.parentPort`. */
class UtilityProcessStandIn
  extends EventEmitter
  implements Pick<Electron.UtilityProcess, 'kill' | 'pid' | 'postMessage' | 'stderr'>
{
  readonly #child: ChildProcess

  constructor(program: string, args: readonly string[], options: Electron.ForkOptions) {
    super()
    this.#child = fork(program, args, {
      env: { ...options.env },
      execArgv: ['--import', new URL('./parent-port.ts', import.meta.url).href],
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    })
    this.#child.on('message', (message) => this.emit('message', message))
    this.#child.on('exit', (code) => this.emit('exit', code ?? 0))
  }

  get pid(): number | undefined {
    return this.#child.exitCode === null && this.#child.signalCode === null ? this.#child.pid : undefined
  }

  get stderr(): NodeJS.ReadableStream | null {
    return this.#child.stderr
  }

  postMessage(message: unknown): void {
    this.#child.send(structuredClone(message) as object, () => {})
  }

  kill(): boolean {
    return this.#child.kill()
  }
}

/** `utilityProcess` of Electron. */
export const utilityProcess = strict('utilityProcess', {
  fork: (program: string, args: readonly string[] = [], options: Electron.ForkOptions = {}) => {
    onlyWhenReady('utilityProcess.fork')
    record('utilityProcess.fork', program, {
      serviceName: options.serviceName,
      execArgv: options.execArgv,
      env: Object.keys(options.env ?? {}),
    })
    return strict('UtilityProcess', new UtilityProcessStandIn(program, args, options))
  },
})
