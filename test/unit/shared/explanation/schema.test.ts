import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import {
  count,
  floats,
  inputIndexSchema,
  list,
  positionSchema,
  sha256,
  strict,
  targetIndexSchema,
  tokenIdSchema,
} from '../../../../src/shared/explanation/schema.ts'

describe('a count', () => {
  it.each([
    [0, true],
    [16_777_216, true],
    [-1, false],
    [16_777_217, false],
    [0.5, false],
    ['1', false],
    [Number.NaN, false],
  ])('takes %s: %s', (value, taken) => {
    const schemas = [count, positionSchema, inputIndexSchema, targetIndexSchema, tokenIdSchema]
    expect(schemas.map((schema) => schema.safeParse(value).success)).toEqual(schemas.map(() => taken))
  })
})

describe('a list', () => {
  it('is as long as its limit and no longer', () => {
    const two = list(z.string(), 2)
    expect([['a'], ['a', 'b'], ['a', 'b', 'c']].map((value) => two.safeParse(value).success)).toEqual([true, true, false])
  })
  it('without a limit is of any length', () => {
    expect(list(z.number()).parse([1, 2, 3])).toEqual([1, 2, 3])
    expect(list(z.number()).safeParse([1, 'two']).success).toBe(false)
  })
})

it('an object has its fields and no others', () => {
  const named = strict({ name: z.string() })
  expect(named.parse({ name: 'a' })).toEqual({ name: 'a' })
  expect([{}, { name: 1 }, { name: 'a', age: 1 }].map((value) => named.safeParse(value).success)).toEqual([false, false, false])
})

it('floats are 32-bit floats', () => {
  const values = Float32Array.of(1, 2)
  expect(floats.parse(values)).toBe(values)
  expect([[1, 2], Float64Array.of(1), null].map((value) => floats.safeParse(value).success)).toEqual([false, false, false])
})

it('a SHA-256 is 64 hexadecimal digits and nothing beside them', () => {
  const digits = '0123456789abcdef'.repeat(4)
  expect(sha256.parse(digits)).toBe(digits)
  const wrong = ['', digits.slice(1), `${digits}0`, ` ${digits}`, digits.toUpperCase(), digits.replace('0', 'g')]
  expect(wrong.map((value) => sha256.safeParse(value).success)).toEqual(wrong.map(() => false))
})
