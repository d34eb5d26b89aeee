import { throwIfCancelled } from '../../shared/contract/failure.ts'

/** Sent to whoever waits: how many requests come first. */
export interface Queued {
  readonly kind: 'queued'
  readonly ahead: number
}

interface Place {
  readonly rank: 'asked' | 'background'
  /** Aborted when somebody who asked comes while this background work runs. */
  readonly preempt: AbortController
  /** Resolves, and is replaced, whenever the place moves up. */
  moved: PromiseWithResolvers<void>
}

/**
 * One job at a time, for there is one engine. What a person asks for goes in the order it came; background work waits until nobody asks, and makes room at
 * once when somebody does. The app lines its clients up in one, the engine's process its jobs in another, for callers that have no app around it.
 */
export class EngineQueue {
  #active: Place | null = null
  #waiting: readonly Place[] = []

  /** Whether nothing runs and nobody waits. */
  get idle(): boolean {
    return this.#active === null && this.#waiting.length === 0
  }

  /** Does asked work when its turn comes. @throws `cancelled`, or what the work throws */
  async *ask<Event>(signal: AbortSignal, work: () => AsyncGenerator<Event>): AsyncGenerator<Event | Queued, void, undefined> {
    const place = this.#join('asked')
    try {
      yield* this.#wait(place, signal)
      yield* work()
    } finally {
      this.#leave(place)
    }
  }

  /** Does asked work that has one answer. */
  async once<Answer>(signal: AbortSignal, work: () => Promise<Answer>): Promise<Answer> {
    const place = this.#join('asked')
    try {
      for await (const _ of this.#wait(place, signal));
      return await work()
    } finally {
      this.#leave(place)
    }
  }

  /**
   * Does background work. Work that had to make room is begun again later: it should remember what it has done.
   * @param work ends soon after its signal, by an error
   */
  async *background<Event>(
    signal: AbortSignal,
    work: (signal: AbortSignal) => AsyncGenerator<Event>,
  ): AsyncGenerator<Event | Queued, void, undefined> {
    for (;;) {
      const place = this.#join('background')
      try {
        yield* this.#wait(place, signal)
        yield* work(AbortSignal.any([signal, place.preempt.signal]))
        return
      } catch (error) {
        if (!place.preempt.signal.aborted || signal.aborted) throw error
      } finally {
        this.#leave(place)
      }
    }
  }

  #join(rank: Place['rank']): Place {
    const place = { rank, preempt: new AbortController(), moved: Promise.withResolvers<void>() }
    const others = this.#waiting.filter((other) => other.rank === 'asked')
    const patient = this.#waiting.filter((other) => other.rank === 'background')
    this.#waiting = rank === 'asked' ? [...others, place, ...patient] : [...others, ...patient, place]
    if (rank === 'asked' && this.#active?.rank === 'background') this.#active.preempt.abort()
    this.#advance()
    return place
  }

  #leave(place: Place): void {
    if (this.#active === place) this.#active = null
    this.#waiting = this.#waiting.filter((other) => other !== place)
    this.#advance()
  }

  #advance(): void {
    const [next, ...others] = this.#waiting
    if (this.#active === null && next !== undefined) {
      this.#active = next
      this.#waiting = others
    }
    for (const place of [...(next === undefined ? [] : [next]), ...others]) {
      place.moved.resolve()
      place.moved = Promise.withResolvers<void>()
    }
  }

  async *#wait(place: Place, signal: AbortSignal): AsyncGenerator<Queued, void, undefined> {
    const aborted = Promise.withResolvers<void>()
    const wake = (): void => aborted.resolve()
    signal.addEventListener('abort', wake, { once: true })
    try {
      for (let reported = 0; this.#active !== place;) {
        throwIfCancelled(signal)
        const { moved } = place
        const ahead = this.#ahead(place)
        if (ahead !== reported) yield { kind: 'queued', ahead }
        reported = ahead
        if (this.#active !== place) await Promise.race([moved.promise, aborted.promise])
      }
      throwIfCancelled(signal)
    } finally {
      signal.removeEventListener('abort', wake)
    }
  }

  /** Background work that is making room does not count. */
  #ahead(place: Place): number {
    const before = this.#waiting.indexOf(place)
    return before + (this.#active === null || this.#active.preempt.signal.aborted ? 0 : 1)
  }
}
