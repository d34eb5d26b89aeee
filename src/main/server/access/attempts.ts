/** Counts wrong tokens in the last minute. The right one is let in at any time, so that nobody can lock the owner out. */
export class Attempts {
  readonly #most: number
  readonly #now: () => number
  #times: number[] = []

  /**
   * @param most wrong tokens answered as such within a minute
   * @param now milliseconds on any clock that only goes forward
   */
  constructor(most: number, now: () => number) {
    this.#most = most
    this.#now = now
  }

  /** Counts a wrong token, and says whether there were too many. */
  wrong(): boolean {
    const now = this.#now()
    this.#times = [...this.#times.filter((time) => now - time < 60_000), now].slice(-this.#most - 1)
    return this.#times.length > this.#most
  }
}
