import { describe, expect, it } from 'vitest'
import { inputIndex, position, targetIndex, tokenId } from '../../../../src/shared/values/brand.ts'
import type { Input, Target } from '../../../../src/shared/explanation/record.ts'
import { answerScale, coarseMap, focusRelevance, patchMap, rankOf } from '../../../../src/shared/explanation/shown-map.ts'

const patch = (index: number): Input => ({
  index: inputIndex(index),
  kind: 'patch',
  segment: 'image',
  row: Math.floor(index / 2),
  column: index % 2,
  text: '',
  members: [position(index)],
})
const word: Input = { ...patch(4), kind: 'token', segment: 'prompt', row: null, column: null, text: ' a' }
const inputs = [patch(0), patch(1), patch(2), patch(3), word]
const target = (column: number, segment: Target['segment']): Target => ({
  column: targetIndex(column),
  index: 0,
  segment,
  id: tokenId(1),
  text: 'x',
  logprob: -1,
  candidates: [],
})
/** Two targets; every input's values are its number and ten times its number. */
const matrix = {
  inputs: 5,
  targets: 2,
  values: Float32Array.of(0, 0, 1, 10, 2, 20, 3, 30, 4, 40),
  candidates: Float32Array.from({ length: 5 * 2 * 5 }, (_, cell) => cell % 5),
}
const only = (column: number) => ({ columns: [targetIndex(column)], whyNot: null })

describe('focusRelevance', () => {
  it('is the column of one token, and the mean over several', () => {
    expect([...focusRelevance(matrix, only(1))]).toEqual([0, 10, 20, 30, 40])
    expect([...focusRelevance(matrix, { columns: [targetIndex(0), targetIndex(1)], whyNot: null })]).toEqual([
      0, 5.5, 11, 16.5, 22,
    ])
  })

  it('is the difference against a candidate for one token, and ignores the candidate for several', () => {
    expect([...focusRelevance(matrix, { columns: [targetIndex(0)], whyNot: 2 })]).toEqual([-2, -1, 0, 1, 2])
    const several = { columns: [targetIndex(0), targetIndex(1)], whyNot: 2 } as const
    expect([...focusRelevance(matrix, several)]).toEqual([0, 5.5, 11, 16.5, 22])
  })
})

describe('patchMap', () => {
  it('lays patches out by row and column, and leaves words out', () => {
    const map = patchMap([...inputs].reverse(), focusRelevance(matrix, only(0)), { rows: 2, columns: 2 })
    expect(map).toEqual({ rows: 2, columns: 2, values: Float32Array.of(0, 1, 2, 3) })
  })

  it('is none when no patch was suppressed', () => {
    expect(patchMap([word], Float32Array.of(0, 0, 0, 0, 1), { rows: 2, columns: 2 })).toBeNull()
  })
})

describe('coarseMap', () => {
  it('has the shape of its blocks and the values of the token asked about', () => {
    const coarse = {
      rows: 1,
      columns: 2,
      targets: [target(0, 'completion'), target(1, 'completion')],
      values: Float32Array.of(1, 2, 3, 4),
    }
    expect(coarseMap(coarse, only(1))).toEqual({ rows: 1, columns: 2, values: Float32Array.of(2, 4) })
  })
})

describe('answerScale', () => {
  it('looks at the completion only, and at picture and text apart', () => {
    const targets = [target(0, 'completion'), target(1, 'prompt')]
    expect(answerScale(inputs, targets, matrix, 'image')).toBeCloseTo(3, 1)
    expect(answerScale(inputs, targets, matrix, 'text')).toBeCloseTo(4, 5)
  })
})

describe('rankOf', () => {
  it('gives every cell a place of its own, the strongest support first', () => {
    const map = { rows: 1, columns: 4, values: Float32Array.of(1, 3, -2, 3) }
    expect([0, 1, 2, 3].map((cell) => rankOf(map, cell))).toEqual([3, 1, 4, 2])
  })
})
