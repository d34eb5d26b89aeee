import { describe, expect, it } from 'vitest'
import { squaredRelevance, supporting } from '../../../../src/shared/metrics/weights.ts'
import { targetIndex } from '../../../../src/shared/values/brand.ts'

describe('supporting', () => {
  it('keeps what supports and drops the rest', () => {
    expect([...supporting(Float32Array.of(-1, 0, 2))]).toEqual([0, 0, 2])
  })
})

describe('squaredRelevance', () => {
  const matrix = { inputs: 2, targets: 3, values: Float32Array.of(1, -2, 5, 0.5, 3, 7), candidates: new Float32Array(30) }

  it('adds the squares of the targets asked for, blind to signs', () => {
    expect([...squaredRelevance(matrix, [targetIndex(0), targetIndex(1)])]).toEqual([1 + 4, 0.25 + 9])
    expect([...squaredRelevance(matrix, [targetIndex(2)])]).toEqual([25, 49])
  })
  it('is 0 for no target', () => expect([...squaredRelevance(matrix, [])]).toEqual([0, 0]))
  it('refuses a target beyond the matrix', () => {
    expect(() => squaredRelevance(matrix, [targetIndex(6)])).toThrow('no element 6')
  })
})
