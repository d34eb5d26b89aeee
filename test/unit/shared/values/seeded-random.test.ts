import { fc, it } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { randomOrder, seededRandom } from '../../../../src/shared/values/seeded-random.ts'

describe('seededRandom', () => {
  it.prop([fc.integer()])('repeats itself for the same seed and stays in [0, 1)', (seed) => {
    const [first, second] = [seededRandom(seed), seededRandom(seed)]
    for (let draw = 0; draw < 20; draw++) {
      const value = first()
      expect(value).toBe(second())
      expect(value >= 0 && value < 1).toBe(true)
    }
  })
  it('fills [0, 1) evenly', () => {
    const random = seededRandom(1)
    const tenths = Array<number>(10).fill(0)
    for (let draw = 0; draw < 10_000; draw++) {
      const tenth = Math.floor(random() * 10)
      tenths[tenth] = (tenths[tenth] ?? 0) + 1
    }
    expect(Math.min(...tenths)).toBeGreaterThan(900)
  })
})

describe('randomOrder', () => {
  it.prop([fc.nat(50), fc.integer()])('holds every number once and repeats itself for the same seed', (length, seed) => {
    const order = randomOrder(length, seed)
    expect(order.toSorted((a, b) => a - b)).toEqual(Array.from({ length }, (_, place) => place))
    expect(randomOrder(length, seed)).toEqual(order)
  })
  it('differs from seed to seed', () => {
    expect(randomOrder(30, 1)).not.toEqual(randomOrder(30, 2))
  })
})
