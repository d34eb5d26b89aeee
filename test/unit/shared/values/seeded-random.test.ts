import { fc, it } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { randomOrder, seededRandom } from '../../../../src/shared/values/seeded-random.ts'

const take = (seed: number, count: number) => {
  const random = seededRandom(seed)
  return Array.from({ length: count }, () => random())
}

describe('seededRandom', () => {
  // From an implementation in Python integers.
  it.each([
    [0, [4216505632, 947923937, 2491578854]],
    [1, [1779833415, 2026416846, 1661539736]],
    [-1, [2370706465, 17438958, 4101362430]],
    [2 ** 40 + 5, [1304853484, 4124408974, 3566145787]],
  ])('gives for seed %i the numbers of sfc32', (seed, bits) => {
    expect(take(seed, 3).map((number) => number * 2 ** 32)).toEqual(bits)
  })

  it.prop([fc.maxSafeInteger()])('gives numbers in [0, 1), the same for the same seed', (seed) => {
    const numbers = take(seed, 20)
    expect(numbers.every((number) => number >= 0 && number < 1)).toBe(true)
    expect(take(seed, 20)).toEqual(numbers)
  })

  it('gives other numbers for neighbouring seeds, evenly spread', () => {
    const first = Array.from({ length: 2000 }, (_, seed) => seededRandom(seed)())
    expect(new Set(first).size).toBe(2000)
    const tenths = Array.from({ length: 10 }, (_, tenth) => first.filter((number) => Math.floor(number * 10) === tenth).length)
    expect(Math.min(...tenths)).toBeGreaterThan(150)
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
