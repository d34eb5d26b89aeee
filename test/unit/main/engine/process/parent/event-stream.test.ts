import { fc, test } from '@fast-check/vitest'
import { describe, expect, it } from 'vitest'
import { EventStream } from '../../../../../../src/main/engine/process/parent/event-stream.ts'
import { collect } from '../../../../../helpers/process/requests.ts'

describe('EventStream', () => {
  test.prop([fc.array(fc.integer()), fc.integer({ min: 0, max: 20 })])(
    'hands over all events in order, pushed before or after the reads',
    async (events, early) => {
      const stream = quietStream()
      for (const event of events.slice(0, early)) stream.push(event)
      const read = collect(stream)
      for (const event of events.slice(early)) {
        await Promise.resolve()
        stream.push(event)
      }
      stream.end()
      stream.push(99)
      expect(await read).toEqual(events)
    },
  )

  it('serves reads that wait together in their order, and ends those left over', async () => {
    const stream = quietStream()
    const reads = [stream.next(), stream.next(), stream.next()]
    stream.push(1)
    stream.push(2)
    stream.end()
    expect(await Promise.all(reads)).toEqual([
      { done: false, value: 1 },
      { done: false, value: 2 },
      { done: true, value: undefined },
    ])
  })

  it('throws its error once, after the events before it', async () => {
    const stream = quietStream()
    stream.push(1)
    stream.fail(new Error('torn'))
    expect(await stream.next()).toEqual({ done: false, value: 1 })
    await expect(stream.next()).rejects.toThrow('torn')
    expect(await stream.next()).toEqual({ done: true, value: undefined })
  })

  it('throws its error at the first of several waiting reads', async () => {
    const stream = quietStream()
    const reads = [stream.next(), stream.next()]
    stream.fail(new Error('torn'))
    await expect(reads[0]).rejects.toThrow('torn')
    expect(await reads[1]).toEqual({ done: true, value: undefined })
  })

  it('tells once that the reader left, ends its waiting read at once and waits for the work to be over', async () => {
    let left = 0
    const over = Promise.withResolvers<void>()
    const stream = new EventStream<number>(
      () => {},
      () => {
        left += 1
        return over.promise
      },
    )
    const read = stream.next()
    let returned = false
    const leaving = stream.return().then(() => (returned = true))
    expect(await read).toEqual({ done: true, value: undefined })
    expect(returned).toBe(false)
    over.resolve()
    await leaving
    await stream.return()
    await expect(stream.throw(new Error('mine'))).rejects.toThrow('mine')
    expect(left).toBe(1)
  })

  it('tells nobody when the reader leaves after the end', async () => {
    const stream = new EventStream<number>(
      () => {},
      () => Promise.reject(new Error('told')),
    )
    stream.push(1)
    stream.end()
    expect(await stream.return()).toEqual({ done: true, value: undefined })
    expect(await stream.next()).toEqual({ done: true, value: undefined })
  })
})

function quietStream(): EventStream<number> {
  return new EventStream<number>(
    () => {},
    () => Promise.resolve(),
  )
}
