import { fc, it } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { randomMap, uniformMap } from '../../../../src/shared/metrics/baseline-maps.ts'
import { averagePrecision, averageRecall, coverage, lift, pointsAt, spanMask } from '../../../../src/shared/metrics/precision.ts'
import { overhead } from '../../../../src/shared/metrics/overhead.ts'
import { tokensOf } from '../sequence/tokens.ts'

const grid = { rows: 4, columns: 5 }
const shares = (least: number) =>
  fc
    .array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 20, maxLength: 20 })
    .map((values) => Float32Array.from(values, (value) => Math.max(least, value)))
const mask = shares(0).filter((values) => values.some((value) => value > 0.01))
const map = shares(0).filter((values) => values.some((value) => value > 0.01))

describe('averagePrecision and averageRecall', () => {
  it('follow the paper', () => {
    const relevance = Float32Array.of(4, 2, 0, 2)
    const object = Float32Array.of(1, 0.5, 1, 0)
    expect(averagePrecision(relevance, object)).toBe(5 / 8)
    expect(averageRecall(relevance, object)).toBe(1.25 / 2.5)
  })
  it.prop([mask])('of a uniform map are coverage and 1, its lift is 1', (object) => {
    expect(averagePrecision(uniformMap(grid), object)).toBeCloseTo(coverage(object), 12)
    expect(averageRecall(uniformMap(grid), object)).toBeCloseTo(1, 12)
    expect(lift(uniformMap(grid), object)).toBeCloseTo(1, 12)
  })
  it.prop([map, mask])('lie in [0, 1]', (relevance, object) => {
    for (const score of [averagePrecision(relevance, object), averageRecall(relevance, object)]) {
      expect(score).toBeGreaterThanOrEqual(0)
      expect(score).toBeLessThanOrEqual(1 + 1e-9)
    }
  })
  it.prop([map, mask, fc.constantFrom(0.25, 2, 1024)])('do not depend on the unit of relevance', (relevance, object, scale) => {
    const scaled = relevance.map((value) => value * scale)
    expect(averagePrecision(scaled, object)).toBeCloseTo(averagePrecision(relevance, object), 9)
    expect(averageRecall(scaled, object)).toBeCloseTo(averageRecall(relevance, object), 9)
  })
  it.prop([mask])('are 0 for a map without relevance', (object) => {
    expect(averagePrecision(new Float32Array(20), object)).toBe(0)
    expect(averageRecall(new Float32Array(20), object)).toBe(0)
  })
  it.prop([map])('find nothing to recall without an object', (relevance) => {
    expect(averagePrecision(relevance, new Float32Array(20))).toBe(0)
    expect(averageRecall(relevance, new Float32Array(20))).toBeNaN()
  })
})

describe('pointsAt', () => {
  it('asks whether the strongest patch lies on the object by more than a quarter', () => {
    expect(pointsAt(Float32Array.of(1, 3, 3), Float32Array.of(0, 0.26, 0))).toBe(true)
    expect(pointsAt(Float32Array.of(1, 3, 3), Float32Array.of(1, 0.25, 1))).toBe(false)
  })
  it.prop([fc.integer()])('always holds on a picture full of the object', (seed) => {
    expect(pointsAt(randomMap(grid, seed), new Float32Array(20).fill(1))).toBe(true)
  })
})

describe('spanMask', () => {
  it('marks the tokens that touch a span', () => {
    const tokens = tokensOf('The', ' teacher', ' is', ' Hugo', '.')
    expect([
      ...spanMask(tokens, [
        { start: 4, end: 11 },
        { start: 16, end: 17 },
      ]),
    ]).toEqual([0, 1, 0, 1, 0])
    // " teacher" ends at 11 and " is" begins there: a span that ends or begins at an edge touches one of the two.
    expect([...spanMask(tokens, [{ start: 11, end: 14 }])]).toEqual([0, 0, 1, 0, 0])
    expect([...spanMask(tokens, [])]).toEqual([0, 0, 0, 0, 0])
  })
})

describe('overhead', () => {
  it('is 1 for the naive loop', () => {
    expect(overhead(161 * 0.02, 161, 0.02)).toBeCloseTo(1, 12)
  })
})
