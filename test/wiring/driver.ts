import type * as Electron from 'electron'

/** The running desktop app, whatever carries it: the stand-in or the real thing. */
export interface Driver {
  /** Runs a function in the main process. It travels as source, so it may use nothing but its arguments. */
  main<Argument, Value>(
    run: (electron: typeof Electron, argument: Argument) => Value,
    argument: Argument,
  ): Promise<Awaited<Value>>
  /** Runs a function in the page. It travels as source, so it may use nothing but its argument and `globalThis.whence`. */
  page<Argument, Value>(run: (argument: Argument) => Value, argument: Argument): Promise<Awaited<Value>>
  /** Starts the app a second time on the same profile, to open files; resolves with that start's exit code. */
  startAgain(files: readonly string[]): Promise<number | null>
  /** Ends the app the regular way, as the person would. */
  close(): Promise<void>
}

/** How the app is started. */
export interface Launch {
  readonly profile: string
  readonly files?: readonly string[]
}
