import { fail } from '../../../shared/contract/failure.ts'

/** Lets so many in at once and refuses the rest. */
export class Gate {
  readonly #most: number
  readonly #what: string
  #inside = 0

  /**
   * @param most how many are let in at once
   * @param what they are, in the plural, for the sentence
   */
  constructor(most: number, what: string) {
    this.#most = most
    this.#what = what
  }

  /**
   * Lets one in; what it returns lets it out again, once.
   * @throws `too-much-at-once`
   */
  enter(): () => void {
    if (this.#inside >= this.#most) fail('too-much-at-once', { what: this.#what, most: this.#most })
    this.#inside += 1
    let inside = true
    return () => {
      if (inside) this.#inside -= 1
      inside = false
    }
  }
}
