import { Failed, type Failure } from '../../../../shared/contract/failure.ts'
import { EventStream } from './event-stream.ts'
import type { JobEvent, JobRequest } from '../child/protocol.ts'

const cancelled: Failure = { code: 'cancelled', data: {} }

/**
 * A job as the caller sees it: a stream of events that starts at the first read. It ends with the work, with an error, or, once it is
 * cancelled (by the caller's signal, by leaving the stream or by `cancel`), with `cancelled` as soon as the work is really over.
 */
export class Job {
  readonly request: JobRequest
  readonly stream: EventStream<JobEvent>
  readonly #stop = new AbortController()
  readonly #settled = Promise.withResolvers<void>()
  readonly #signal: AbortSignal | null
  readonly #submit: (job: Job) => void
  #state: 'new' | 'submitted' | 'settled' = 'new'

  /** @param submit called at the first read, unless the caller's signal has cancelled the job by then */
  constructor(request: JobRequest, signal: AbortSignal | null, submit: (job: Job) => void) {
    this.request = request
    this.#signal = signal
    this.#submit = submit
    this.stream = new EventStream<JobEvent>(
      () => this.#start(),
      () => this.#leave(),
    )
  }

  /** Aborted once nobody wants the job any more. */
  get stop(): AbortSignal {
    return this.#stop.signal
  }

  /** Resolves once the work is over, one way or another. */
  get settled(): Promise<void> {
    return this.#settled.promise
  }

  /** Asks for the job to end. */
  readonly cancel = (): void => {
    this.stream.forget()
    this.#stop.abort()
  }

  /** Hands an event to the caller, who gets none after cancelling. */
  readonly publish = (event: JobEvent): void => {
    if (!this.stop.aborted) this.stream.push(event)
  }

  /** The work is done. */
  finish(): void {
    if (this.stop.aborted) return this.abandon(new Failed(cancelled))
    this.#settle()
    this.stream.end()
  }

  /** The work ended with an error; a cancelled job always ends as cancelled, whatever happened on the way. */
  abandon(error: unknown): void {
    this.#settle()
    this.stream.fail(this.stop.aborted ? new Failed(cancelled, { cause: error }) : error)
  }

  #start(): void {
    if (this.#state !== 'new') return
    this.#state = 'submitted'
    if (this.#signal?.aborted === true) this.cancel()
    else this.#signal?.addEventListener('abort', this.cancel, { once: true })
    if (this.stop.aborted) this.abandon(new Failed(cancelled))
    else this.#submit(this)
  }

  async #leave(): Promise<void> {
    if (this.#state === 'new') this.#settle()
    else this.cancel()
    await this.settled
  }

  #settle(): void {
    this.#state = 'settled'
    this.#signal?.removeEventListener('abort', this.cancel)
    this.#settled.resolve()
  }
}
