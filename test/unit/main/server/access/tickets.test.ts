import { describe, expect, it } from 'vitest'
import { Tickets } from '../../../../../src/main/server/access/tickets.ts'

describe('a ticket', () => {
  it('is good once', () => {
    const tickets = new Tickets(() => 0)
    const ticket = tickets.issue()
    expect([tickets.redeem(ticket), tickets.redeem(ticket)]).toEqual([true, false])
  })

  it('is good for less than half a minute', () => {
    let now = 0
    const tickets = new Tickets(() => now)
    const [first, second] = [tickets.issue(), tickets.issue()]
    now = 29_999
    expect(tickets.redeem(first)).toBe(true)
    now = 30_000
    expect(tickets.redeem(second)).toBe(false)
  })

  it('gives way to newer ones when nobody uses any', () => {
    const tickets = new Tickets(() => 0)
    const issued = Array.from({ length: 65 }, () => tickets.issue())
    expect(issued.filter((ticket) => tickets.redeem(ticket))).toEqual(issued.slice(1))
  })
})
