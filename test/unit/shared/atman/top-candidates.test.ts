import { fc, it } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { logSoftmax } from '../../../../src/shared/atman/log-softmax.ts'
import { topCandidates } from '../../../../src/shared/atman/top-candidates.ts'

const scores = fc
  .array(fc.integer({ min: -20, max: 20 }), { minLength: 1, maxLength: 60 })
  .map((values) => Float32Array.from(values))

describe('logSoftmax', () => {
  it.prop([scores])('is a distribution', (some) => {
    const total = logSoftmax(some).reduce((sum, logprob) => sum + Math.exp(logprob), 0)
    expect(total).toBeCloseTo(1, 5)
  })
  it.prop([scores, fc.constantFrom(-1024, 64, 4096)])('does not see a common shift, however large', (some, shift) => {
    expect(logSoftmax(some.map((score) => score + shift))).toEqual(logSoftmax(some))
  })
  it('gives a token that cannot be said minus infinity', () => {
    expect([...logSoftmax(Float32Array.of(0, Number.NEGATIVE_INFINITY))]).toEqual([0, Number.NEGATIVE_INFINITY])
  })
  it('sums exponentials that overflow alone', () => {
    expect([...logSoftmax(Float32Array.of(1000, 1000))]).toEqual([-Math.LN2, -Math.LN2].map(Math.fround))
  })
})

describe('topCandidates', () => {
  it.prop([scores, fc.nat(10)])('are the first of all tokens sorted by score, of equal ones the lower id', (some, count) => {
    const sorted = Array.from(some, (score, id) => ({ score, id })).sort((a, b) => b.score - a.score || a.id - b.id)
    expect(topCandidates(some, count).map(({ id }) => id)).toEqual(sorted.slice(0, count).map(({ id }) => id))
  })
  it.prop([scores])('carry the log-probabilities of the softmax', (some) => {
    const logprobs = logSoftmax(some)
    for (const { id, logprob } of topCandidates(some, 5)) expect(logprob).toBe(logprobs[id])
  })
  it('are none when none are asked for', () => {
    expect(topCandidates(Float32Array.of(1, 2), 0)).toEqual([])
  })
  it('find the best of a large vocabulary', () => {
    const large = Float32Array.from({ length: 250_000 }, (_, id) => Math.sin(id))
    large[123_456] = 9
    expect(topCandidates(large, 1).map(({ id }) => id)).toEqual([123_456])
  })
})
