import { describe, expect, it } from 'vitest'
import { openingQueue } from '../../../../src/main/desktop/opening-queue.ts'

describe('openingQueue', () => {
  it('keeps what is asked before anybody attends, in order, and then hands it on at once', () => {
    const queue = openingQueue(['a'])
    queue.open(['b', 'c'])
    queue.open([])
    const heard: (readonly string[])[] = []
    queue.attend((files) => heard.push(files))
    expect(heard).toEqual([['a'], ['b', 'c'], []])
    queue.open(['d'])
    expect(heard.at(-1)).toEqual(['d'])
  })

  it('asks nothing of itself: a start without pictures', () => {
    const heard: unknown[] = []
    openingQueue([]).attend((files) => heard.push(files))
    expect(heard).toEqual([])
  })
})
