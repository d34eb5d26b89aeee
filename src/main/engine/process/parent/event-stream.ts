/**
 * Events made in one place and read in another by `for await`. Unlike a native generator it can be left (`return`) while a read is
 * still waiting: that read ends at once, and `onLeave` is called.
 */
export class EventStream<Event> implements AsyncGenerator<Event, undefined, undefined> {
  readonly #onRead: () => void
  readonly #onLeave: () => Promise<void>
  #waitingEvents: Event[] = []
  #waitingReads: PromiseWithResolvers<IteratorResult<Event, undefined>>[] = []
  #ending: { readonly error: unknown } | 'done' | null = null

  /**
   * @param onRead called at every read; the first one starts the work
   * @param onLeave called once when the reader leaves before the end; leaving is over when its promise is
   */
  constructor(onRead: () => void, onLeave: () => Promise<void>) {
    this.#onRead = onRead
    this.#onLeave = onLeave
  }

  /** Hands over an event; ignored after the end. */
  push(event: Event): void {
    if (this.#ending !== null) return
    const read = this.#waitingReads.shift()
    if (read === undefined) this.#waitingEvents.push(event)
    else read.resolve({ done: false, value: event })
  }

  /** Ends the stream; events not yet read can still be read. */
  end(): void {
    if (this.#ending !== null) return
    this.#ending = 'done'
    for (const read of this.#waitingReads.splice(0)) read.resolve({ done: true, value: undefined })
  }

  /** Ends the stream with an error, thrown at the read that comes to it. */
  fail(error: unknown): void {
    if (this.#ending !== null) return
    this.#ending = { error }
    const [read, ...others] = this.#waitingReads.splice(0)
    if (read === undefined) return
    this.#ending = 'done'
    read.reject(error)
    for (const other of others) other.resolve({ done: true, value: undefined })
  }

  /** Forgets events not yet read: whoever cancelled does not want them. */
  forget(): void {
    this.#waitingEvents = []
  }

  next(): Promise<IteratorResult<Event, undefined>> {
    this.#onRead()
    if (this.#waitingEvents.length > 0) return Promise.resolve({ done: false, value: this.#waitingEvents.shift() as Event })
    if (this.#ending === null) return this.#wait()
    const ending = this.#ending
    this.#ending = 'done'
    return ending === 'done' ? Promise.resolve({ done: true, value: undefined }) : Promise.reject(ending.error)
  }

  async return(): Promise<IteratorResult<Event, undefined>> {
    const left = this.#ending === null
    this.end()
    this.#ending = 'done'
    this.forget()
    if (left) await this.#onLeave()
    return { done: true, value: undefined }
  }

  async throw(error: unknown): Promise<IteratorResult<Event, undefined>> {
    await this.return()
    throw error
  }

  [Symbol.asyncIterator](): this {
    return this
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.return()
  }

  #wait(): Promise<IteratorResult<Event, undefined>> {
    const read = Promise.withResolvers<IteratorResult<Event, undefined>>()
    this.#waitingReads.push(read)
    return read.promise
  }
}
