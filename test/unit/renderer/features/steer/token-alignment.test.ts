import { fc, it as law } from '@fast-check/vitest'
import { describe, expect, it } from 'vitest'
import { difference } from '../../../../../src/renderer/features/steer/token-alignment.ts'

const tokens = fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 12 })

describe('difference', () => {
  law.prop([tokens, tokens])('keeps the same tokens in both texts, in the same order', (first, second) => {
    const kept = difference(first, second)
    const common = (text: readonly number[], which: readonly boolean[]) => text.filter((_, place) => which[place])
    expect(common(first, kept.first)).toEqual(common(second, kept.second))
    expect([kept.first.length, kept.second.length]).toEqual([first.length, second.length])
  })

  law.prop([tokens])('finds nothing between a text and itself', (text) => {
    expect(difference(text, text).first.every(Boolean)).toBe(true)
  })

  it.each([
    // As many tokens as the longest text that can be read out of both, counted by hand.
    [[1, 2, 3, 4, 5], [2, 4, 1, 5], 3],
    [[1, 2, 1, 2], [2, 1, 2, 1], 3],
    [[1, 1, 2], [2, 1, 1], 2],
    [[3, 1, 2], [1, 2, 3], 2],
    [[1, 2, 3], [3, 1, 2], 2],
    [[1, 2], [3, 4], 0],
    [[], [1], 0],
  ])('keeps of %j and %j the %i tokens of their longest common text', (first, second, kept) => {
    const found = difference(first, second)
    expect([found.first, found.second].map((marks) => marks.filter(Boolean).length)).toEqual([kept, kept])
  })

  it('marks what was put in and what was left out', () => {
    expect(difference([1, 2, 3, 4], [1, 5, 3, 4])).toEqual({
      first: [true, false, true, true],
      second: [true, false, true, true],
    })
  })
})
