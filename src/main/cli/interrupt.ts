import { exitStatuses } from './exit-status.ts'

/** Time for a polite end after Ctrl-C, in milliseconds. */
const patience = 600

/** Signals that cancel. */
const signals = ['SIGINT', 'SIGTERM'] as const

/** A running command that can be cancelled from outside. */
export interface Interruptible extends Disposable {
  /** Aborted by the first Ctrl-C. */
  readonly signal: AbortSignal
}

/**
 * Listens for Ctrl-C. The first cancels: the work has six tenths of a second to end by itself, then the process exits. A second one finds no listener left
 * and kills at once, as the system does.
 * @param giveUp called right before the process exits, when the work did not end in time
 */
export function interruptible(giveUp: () => void): Interruptible {
  const controller = new AbortController()
  const stopListening = (): void => signals.forEach((signal) => process.off(signal, cancel))
  const cancel = (): void => {
    stopListening()
    controller.abort()
    setTimeout(() => {
      giveUp()
      process.exit(exitStatuses.cancelled[0])
    }, patience).unref()
  }
  signals.forEach((signal) => process.on(signal, cancel))
  return { signal: controller.signal, [Symbol.dispose]: stopListening }
}
