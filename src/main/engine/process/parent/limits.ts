/** How long the host waits for the engine process before it ends it, in milliseconds. */
export interface ProcessLimits {
  /** From Cancel until the process is killed; a cancelled job is over within this and a little more. Default 900. */
  readonly cancelMs: number
  /** Silence of a job, from its start or its last event, after which the process counts as stuck. Far longer than any pass. Default 120 s. */
  readonly silenceMs: number
  /** The same for starting the process and loading a model, which send nothing until they are done. Default 10 minutes. */
  readonly loadMs: number
  /** For a tidy end on `close`, and for a killed process to be gone. Default 2 s. */
  readonly closeMs: number
}

/** Generous limits: they end a hang and hurry nobody, Cancel excepted. */
export const defaultLimits: ProcessLimits = { cancelMs: 900, silenceMs: 120_000, loadMs: 600_000, closeMs: 2_000 }

const ticks = 10

/** Calls when no message came for a while. */
export interface SilenceWatch {
  /** A message came. */
  reset(): void
  stop(): void
}

/**
 * Watches for silence of `limitMs`. Counted in ticks of the host's own loop, so that the time in which a laptop slept, or the host itself
 * was busy, is not held against the engine.
 */
export function watchSilence(limitMs: number, onSilence: () => void): SilenceWatch {
  let silentTicks = 0
  const timer = setInterval(() => {
    silentTicks += 1
    if (silentTicks < ticks) return
    clearInterval(timer)
    onSilence()
  }, limitMs / ticks)
  return { reset: () => void (silentTicks = 0), stop: () => clearInterval(timer) }
}
