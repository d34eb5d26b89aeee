import type { FromEngine, ToEngine } from '../child/protocol.ts'

/** How a process ended. */
export interface ProcessExit {
  /** Exit code; `null` when a signal ended it or it never started. */
  readonly code: number | null
  /** Signal that ended it, such as `SIGKILL`. */
  readonly signal: string | null
  /** Why it could not be started; `null` when it ran. */
  readonly launchError: string | null
  /** The last lines it wrote to standard error, for the log; they may hold paths and are not for the person. */
  readonly lastOutput: string
}

/** A running engine process, whatever started it. Messages keep their order; those sent before it listens wait for it. */
export interface EnginePort {
  /** Process id; `null` when it could not be started. */
  readonly pid: number | null
  /** @throws DataCloneError when the message cannot be cloned; a process that has gone is reported by `onExit` alone. */
  postMessage(message: ToEngine): void
  onMessage(listener: (message: FromEngine) => void): void
  /** Calls once, after the last message. */
  onExit(listener: (exit: ProcessExit) => void): void
  /** Ends the process at once, in the middle of a pass too. */
  kill(): void
}

/** Starts engine processes: by `child_process.fork` in Node, by `utilityProcess.fork` in Electron. */
export interface EngineLauncher {
  launch(): EnginePort
}

/** How a process ended, in words that follow "The engine stopped": "killed by SIGKILL", "exit code 3". */
export function exitInWords({ code, signal, launchError }: ProcessExit): string {
  if (launchError !== null) return `it could not be started: ${launchError}`
  return signal === null ? `exit code ${code ?? 'unknown'}` : `killed by ${signal}`
}

/** Whether the last output say that memory ran out: V8 and the C++ runtime both leave a note before they abort. */
export function ranOutOfMemory({ lastOutput }: ProcessExit): boolean {
  return /heap out of memory|std::bad_alloc|Cannot allocate memory/i.test(lastOutput)
}
