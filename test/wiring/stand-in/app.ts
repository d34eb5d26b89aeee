import { EventEmitter } from 'node:events'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type Electron from 'electron'
import { becomeReady, onlyBeforeReady, onlyWhenReady, record, recorded } from './records.ts'
import { strict } from './strict.ts'

type AppMembers = Pick<
  Electron.App,
  | 'addRecentDocument'
  | 'enableSandbox'
  | 'exit'
  | 'getPath'
  | 'isPackaged'
  | 'quit'
  | 'requestSingleInstanceLock'
  | 'setPath'
  | 'whenReady'
>

const readiness = Promise.withResolvers<void>()

/** `app` of Electron. In the environment, `WIRING_SECOND` makes this a second start, `WIRING_RESOURCES` a packed app with its resources there. */
class AppStandIn extends EventEmitter implements AppMembers {
  readonly isPackaged = process.env['WIRING_RESOURCES'] !== undefined
  readonly #paths = new Map<string, string>()
  readonly commandLine = strict('app.commandLine', {
    appendSwitch: (name: string, value?: string) => {
      onlyBeforeReady(`app.commandLine.appendSwitch(${name})`)
      record('app.commandLine.appendSwitch', name, value)
    },
  } satisfies Partial<Electron.CommandLine>)

  enableSandbox(): void {
    onlyBeforeReady('app.enableSandbox')
    record('app.enableSandbox')
  }

  getPath(name: string): string {
    return this.#paths.get(name) ?? join(tmpdir(), 'whence-wiring', name)
  }

  setPath(name: string, path: string): void {
    if (recorded('app.requestSingleInstanceLock').length > 0) throw new Error(`app.setPath(${name}) after the lock was asked for`)
    record('app.setPath', name, path)
    this.#paths.set(name, path)
  }

  requestSingleInstanceLock(data?: Record<never, unknown>): boolean {
    record('app.requestSingleInstanceLock', structuredClone(data))
    return process.env['WIRING_SECOND'] === undefined
  }

  whenReady(): Promise<void> {
    return readiness.promise
  }

  addRecentDocument(path: string): void {
    onlyWhenReady('app.addRecentDocument')
    record('app.addRecentDocument', path)
  }

  /** Closes windows, tells `will-quit`, which may hold the end up once, and ends. */
  quit(): void {
    record('app.quit')
    const holds: true[] = []
    this.emit('will-quit', { preventDefault: () => holds.push(true) })
    if (holds.length === 0) this.exit(0)
  }

  exit(code = 0): void {
    record('app.exit', code)
    process.exit(code)
  }
}

/** `app` of Electron. */
export const app = strict('app', new AppStandIn())

/** The program's own start is over: what waits for readiness goes on. */
export function appIsReady(): void {
  becomeReady()
  readiness.resolve()
}
