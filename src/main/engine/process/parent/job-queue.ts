import { Failed } from '../../../../shared/contract/failure.ts'
import type { Job } from './job.ts'

/** Jobs one after the other, in the order they came. A job cancelled while it waits leaves at once. */
export class JobQueue {
  readonly #work: (job: Job) => Promise<void>
  #waiting: Job[] = []
  #active: Job | null = null

  /** @param work does a job; an error it throws becomes the job's */
  constructor(work: (job: Job) => Promise<void>) {
    this.#work = work
  }

  /** Lines a job up. */
  add(job: Job): void {
    this.#waiting.push(job)
    job.stop.addEventListener('abort', () => this.#dropIfWaiting(job), { once: true })
    if (this.#active === null) void this.#workOff()
  }

  /** Cancels everything; resolves once all of it is over. */
  async cancelAll(): Promise<void> {
    const jobs = [...this.#waiting, ...(this.#active === null ? [] : [this.#active])]
    for (const job of jobs) job.cancel()
    await Promise.all(jobs.map((job) => job.settled))
  }

  #dropIfWaiting(job: Job): void {
    if (!this.#waiting.includes(job)) return
    this.#waiting = this.#waiting.filter((other) => other !== job)
    job.abandon(new Failed({ code: 'cancelled', data: {} }))
  }

  async #workOff(): Promise<void> {
    for (let job = this.#waiting.shift(); job !== undefined; job = this.#waiting.shift()) {
      this.#active = job
      await this.#settle(job)
    }
    this.#active = null
  }

  async #settle(job: Job): Promise<void> {
    try {
      await this.#work(job)
      job.finish()
    } catch (error) {
      job.abandon(error)
    }
  }
}
