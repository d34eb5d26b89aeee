import { describe, expect, it } from 'vitest'
import { inputIndex, targetIndex, tokenId } from '../../../../src/shared/values/brand.ts'
import type { Target } from '../../../../src/shared/explanation/record.ts'
import { drops } from '../../../../src/shared/explanation/reverse-question.ts'

const target = (column: number): Target => ({
  column: targetIndex(column),
  index: column,
  segment: 'completion',
  id: tokenId(column),
  text: 'x',
  logprob: -1,
  candidates: [],
})
const targets = [target(0), target(1)]
const matrix = { inputs: 3, targets: 2, values: Float32Array.of(1, 2, 3, 4, 5, 8), candidates: new Float32Array(0) }

describe('drops', () => {
  it('reads one part along its row, and several as the mean of theirs', () => {
    expect(drops(matrix, targets, [inputIndex(1)], () => true).map(({ nats }) => nats)).toEqual([3, 4])
    expect(drops(matrix, targets, [inputIndex(0), inputIndex(2)], () => true).map(({ nats }) => nats)).toEqual([3, 5])
  })

  it('leaves out tokens that were said before the part was read', () => {
    expect(drops(matrix, targets, [inputIndex(1)], ({ index }) => index > 0).map(({ nats }) => nats)).toEqual([4])
  })
})
