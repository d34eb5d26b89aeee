import { fc, it } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { band, interquartileMean, mean } from '../../../../src/shared/metrics/summary.ts'

const values = fc.array(fc.integer({ min: -100, max: 100 }), { minLength: 1, maxLength: 40 })

describe('interquartileMean', () => {
  it('is the mean of the middle half', () => {
    expect(interquartileMean([1, 2, 3, 1000])).toBe(2.5)
  })
  it('weighs what straddles a quartile by the part inside', () => {
    expect(interquartileMean([0, 1, 2])).toBeCloseTo(1, 12)
    expect(interquartileMean([5])).toBe(5)
  })
  it.prop([values])('of numbers and their mirror images is 0', (some) => {
    expect(interquartileMean([...some, ...some.map((value) => -value)])).toBeCloseTo(0, 9)
  })
  it.prop([values, fc.integer({ min: -50, max: 50 })])('moves with the numbers, whatever their order', (some, shift) => {
    expect(interquartileMean(some.map((value) => value + shift).toReversed())).toBeCloseTo(interquartileMean(some) + shift, 9)
  })
})

describe('band', () => {
  it.prop([values])('holds the middle of the numbers', (some) => {
    const { low, high } = band(some)
    expect(low).toBeGreaterThanOrEqual(Math.min(...some))
    expect(high).toBeLessThanOrEqual(Math.max(...some))
    expect(low).toBeLessThanOrEqual(high)
    expect(band(some).mean).toBe(mean(some))
  })
  it('leaves one outlier in a hundred outside', () => {
    expect(band([...Array.from({ length: 100 }, () => 0), 9]).high).toBe(0)
  })
})
