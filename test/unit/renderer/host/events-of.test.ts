import { getEventListeners } from 'node:events'
import { describe, expect, it } from 'vitest'
import { eventsOf } from '../../../../src/renderer/host/events-of.ts'
import type { StreamMessage } from '../../../../src/shared/contract/answer.ts'

/** A stream whose messages the test tells. */
function told() {
  const state = { receive: (_message: StreamMessage): void => {}, opened: 0, takenBack: 0 }
  const open = (receive: (message: StreamMessage) => void) => {
    state.opened += 1
    state.receive = receive
    return () => void (state.takenBack += 1)
  }
  return { state, open }
}

describe('eventsOf', () => {
  it('opens with the first read, keeps the order and ends once', async () => {
    const { state, open } = told()
    const events = eventsOf<number>(open, new AbortController().signal)
    expect(state.opened).toBe(0)
    const first = events.next()
    state.receive({ kind: 'event', event: 1 })
    state.receive({ kind: 'event', event: 2 })
    state.receive({ kind: 'end' })
    expect([await first, await events.next(), (await events.next()).done]).toEqual([
      { value: 1, done: false },
      { value: 2, done: false },
      true,
    ])
    expect([state.opened, state.takenBack]).toEqual([1, 1])
  })

  it('throws away what was not read when the signal aborts, and leaves no listener', async () => {
    const { state, open } = told()
    const control = new AbortController()
    const events = eventsOf<number>(open, control.signal)
    const first = events.next()
    state.receive({ kind: 'event', event: 1 })
    state.receive({ kind: 'event', event: 2 })
    await first
    control.abort()
    await expect(events.next()).rejects.toMatchObject({ code: 'cancelled' })
    expect(state.takenBack).toBe(1)
    expect(getEventListeners(control.signal, 'abort')).toEqual([])
  })

  it('opens nothing for a signal that has aborted already', async () => {
    const { state, open } = told()
    await expect(eventsOf(open, AbortSignal.abort()).next()).rejects.toMatchObject({ code: 'cancelled' })
    expect(state.opened).toBe(0)
  })
})
