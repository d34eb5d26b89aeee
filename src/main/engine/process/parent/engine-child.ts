import { assertNever } from '../../../../shared/values/assert-never.ts'
import type { EngineLauncher, EnginePort, ProcessExit } from './launcher.ts'
import { watchSilence, type ProcessLimits, type SilenceWatch } from './limits.ts'
import type { FromEngine, JobEnd, JobEvent, JobId, JobRequest, Vitals } from '../child/protocol.ts'

/** How a job ended, as the host sees it: as the engine reported, with the process, or because the host ended the process. */
export type JobOutcome =
  | JobEnd
  | { readonly kind: 'exited'; readonly exit: ProcessExit }
  | { readonly kind: 'killed'; readonly reason: 'cancelled' | 'silent' }

interface RunningJob {
  readonly id: JobId
  readonly onEvent: (event: JobEvent) => void
  readonly settle: (outcome: JobOutcome) => void
  readonly silence: SilenceWatch
}

/** One engine process from launch to exit. It performs one job at a time; once `gone` it is never used again. */
export class EngineChild {
  /** Folder of the model it has loaded or is loading; kept by the owner. */
  model: string | null = null
  readonly #port: EnginePort
  readonly #limits: ProcessLimits
  readonly #exited = Promise.withResolvers<void>()
  #waitingForVitals: ((vitals: Vitals | null) => void)[] = []
  #job: RunningJob | null = null
  #lastId: JobId = 0
  #exit: ProcessExit | null = null
  #dismissed = false

  /** @param onCrash called when the process ends without having been asked to, before its job ends */
  constructor(launcher: EngineLauncher, limits: ProcessLimits, onCrash: (child: EngineChild, exit: ProcessExit) => void) {
    this.#limits = limits
    this.#port = launcher.launch()
    this.#port.onMessage((message) => this.#receive(message))
    this.#port.onExit((exit) => {
      this.#exit = exit
      if (!this.#dismissed) onCrash(this, exit)
      this.#job?.settle({ kind: 'exited', exit })
      this.#answerVitals(null)
      this.#exited.resolve()
    })
  }

  get pid(): number | null {
    return this.#port.pid
  }

  /** Whether it has ended or is about to. */
  get gone(): boolean {
    return this.#dismissed || this.#exit !== null
  }

  /**
   * Has a job done; resolves when the job is over, within the limits. `stop`, not yet aborted, asks the engine to cancel it and, if that
   * does not help, kills.
   * @throws DataCloneError when the request cannot be cloned
   */
  async perform(request: JobRequest, stop: AbortSignal, onEvent: (event: JobEvent) => void): Promise<JobOutcome> {
    if (this.#exit !== null) return { kind: 'exited', exit: this.#exit }
    const { promise, resolve } = Promise.withResolvers<JobOutcome>()
    const id = (this.#lastId += 1)
    const silence = watchSilence(silenceLimit(request, this.#limits), () => this.#kill('silent'))
    const cancel = watchStop(
      stop,
      this.#limits.cancelMs,
      () => this.#port.postMessage({ kind: 'cancel', id }),
      () => this.#kill('cancelled'),
    )
    this.#job = { id, onEvent, settle: resolve, silence }
    try {
      this.#port.postMessage({ kind: 'job', id, request })
      cancel.start()
      return await promise
    } finally {
      this.#job = null
      silence.stop()
      cancel.end()
    }
  }

  /** Memory of the process, answered between two passes; `null` when the process ends first. */
  vitals(): Promise<Vitals | null> {
    if (this.gone) return Promise.resolve(null)
    return new Promise((resolve) => {
      this.#waitingForVitals.push(resolve)
      this.#port.postMessage({ kind: 'ping' })
    })
  }

  /** Ends the process and waits until it is gone, but not for ever: a graphics driver may hold on to it. */
  async dismiss(): Promise<void> {
    if (this.#exit !== null) return
    this.#dismissed = true
    this.#port.kill()
    const patience = Promise.withResolvers<void>()
    const timer = setTimeout(patience.resolve, this.#limits.closeMs)
    await Promise.race([this.#exited.promise, patience.promise])
    clearTimeout(timer)
  }

  #kill(reason: 'cancelled' | 'silent'): void {
    void this.dismiss()
    this.#job?.settle({ kind: 'killed', reason })
    this.#answerVitals(null)
  }

  #receive(message: FromEngine): void {
    if (message.kind === 'heartbeat') return this.#answerVitals(message.vitals)
    const job = this.#job
    if (job?.id !== message.id || this.#dismissed) return
    job.silence.reset()
    switch (message.kind) {
      case 'event':
        return job.onEvent(message.event)
      case 'over':
        return job.settle(message.end)
      default:
        return assertNever(message)
    }
  }

  #answerVitals(vitals: Vitals | null): void {
    for (const answer of this.#waitingForVitals.splice(0)) answer(vitals)
  }
}

function silenceLimit({ kind }: JobRequest, { silenceMs, loadMs, closeMs }: ProcessLimits): number {
  if (kind === 'close') return closeMs
  return kind === 'open' || kind === 'load' ? loadMs : silenceMs
}

/** Asks once `stop` says so, and insists `patienceMs` later; `end` forgets both. */
function watchStop(stop: AbortSignal, patienceMs: number, ask: () => void, insist: () => void): { start(): void; end(): void } {
  let timer: NodeJS.Timeout | undefined
  const onStop = (): void => {
    ask()
    timer = setTimeout(insist, patienceMs)
  }
  return {
    start: () => stop.addEventListener('abort', onStop, { once: true }),
    end: () => {
      stop.removeEventListener('abort', onStop)
      clearTimeout(timer)
    },
  }
}
