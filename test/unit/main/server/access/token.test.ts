import { describe, expect, it } from 'vitest'
import { bearerOf, newToken, sameToken } from '../../../../../src/main/server/access/token.ts'

describe('a token', () => {
  it('is new every time and travels in a header', () => {
    const [first, second] = [newToken(), newToken()]
    expect(first).not.toBe(second)
    expect(bearerOf(`Bearer ${first}`)).toBe(first)
  })

  it('is the same only to the last character, whatever the lengths', () => {
    expect([sameToken('abc', 'abc'), sameToken('abd', 'abc'), sameToken('', 'abc'), sameToken('abcd', 'abc')]).toEqual([
      true,
      false,
      false,
      false,
    ])
  })

  it.each([undefined, '', 'Bearer', 'Bearer ', 'Basic abc', 'Bearer a b', `Bearer ${'x'.repeat(201)}`])(
    'is not in %j',
    (header) => {
      expect(bearerOf(header)).toBeNull()
    },
  )
})
