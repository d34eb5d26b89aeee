import { newToken } from './token.ts'

/** How long a ticket is good, in milliseconds. */
const lifetime = 30_000
/** Most tickets waiting to be used; the oldest give way. */
const most = 64

/** Tickets that open one WebSocket each. They stand in for the token, which does not belong into a WebSocket's address or protocol. */
export class Tickets {
  readonly #now: () => number
  readonly #issued = new Map<string, number>()

  /** @param now milliseconds on any clock that only goes forward */
  constructor(now: () => number) {
    this.#now = now
  }

  /** A new ticket. */
  issue(): string {
    const ticket = newToken()
    this.#issued.set(ticket, this.#now() + lifetime)
    for (const old of [...this.#issued.keys()].slice(0, -most)) this.#issued.delete(old)
    return ticket
  }

  /** Takes a ticket in: whether it was good. It never is again. */
  redeem(ticket: string): boolean {
    const until = this.#issued.get(ticket)
    this.#issued.delete(ticket)
    return until !== undefined && this.#now() < until
  }
}
