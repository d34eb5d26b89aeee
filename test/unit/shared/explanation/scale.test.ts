import { fc, it } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { answerMaximum, clearRelevance, isClear, normalise, quantile, largest } from '../../../../src/shared/explanation/scale.ts'

const nats = fc.integer({ min: -20_000, max: 20_000 }).map((value) => value / 1000)
const values = fc.array(nats, { minLength: 1, maxLength: 50 })

describe('answerMaximum', () => {
  it('does not let one value in two thousand make the others pale', () => {
    const many = Float32Array.from({ length: 2001 }, (_, place) => (place === 7 ? -50 : 1))
    expect(answerMaximum(many)).toBe(1)
    expect(largest(many)).toBe(50)
  })
  it.prop([values])('lies between 0 and the largest |R|, and does not see signs', (some) => {
    expect(answerMaximum(some)).toBeGreaterThanOrEqual(0)
    expect(answerMaximum(some)).toBeLessThanOrEqual(largest(some))
    expect(answerMaximum(some.map((value) => -value))).toBe(answerMaximum(some))
  })
  it('passes over what is not a number', () => {
    expect(answerMaximum([NaN, -2, NaN])).toBe(2)
    expect(answerMaximum([])).toBe(0)
  })
})

describe('normalise', () => {
  it.prop([nats, fc.double({ min: 1e-3, max: 20, noNaN: true })])('stays in [-1, 1] and keeps sign', (value, maximum) => {
    const share = normalise(value, maximum)
    expect(Math.abs(share)).toBeLessThanOrEqual(1)
    expect(Math.sign(share)).toBe(Math.sign(value))
    expect(normalise(-value, maximum)).toBe(-share)
  })
  it.prop([nats, nats, fc.double({ min: 1e-3, max: 20, noNaN: true })])('keeps order', (one, other, maximum) => {
    expect(normalise(Math.min(one, other), maximum)).toBeLessThanOrEqual(normalise(Math.max(one, other), maximum))
  })
  it.each([
    [NaN, 1],
    [1, 0],
    [1, NaN],
  ])('is 0 for %s of %s', (value, maximum) => {
    expect(normalise(value, maximum)).toBe(0)
  })
})

describe('isClear', () => {
  it('asks for one value of at least the floor, of either sign', () => {
    expect(isClear([0.01, -clearRelevance])).toBe(true)
    expect(isClear([0.01, -clearRelevance / 2])).toBe(false)
    expect(isClear([])).toBe(false)
  })
})

describe('quantile', () => {
  it('interpolates between the two nearest', () => {
    expect(quantile([4, 1, 3, 2], 0.5)).toBe(2.5)
    expect(quantile([10, 20], 0.25)).toBe(12.5)
  })
  it.prop([values, fc.double({ min: 0, max: 1, noNaN: true })])('lies between the smallest and the largest', (some, share) => {
    expect(quantile(some, share)).toBeGreaterThanOrEqual(Math.min(...some))
    expect(quantile(some, share)).toBeLessThanOrEqual(Math.max(...some))
  })
})
