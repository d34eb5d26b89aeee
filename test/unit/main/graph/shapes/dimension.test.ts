import { fc, it as property } from '@fast-check/vitest'
import { describe, expect, it } from 'vitest'
import { difference, product, quotient, sum } from '../../../../../src/main/graph/shapes/dimension.ts'

const simple = fc.oneof(fc.integer({ min: 1, max: 50 }), fc.constantFrom('batch', 'new', 'past', 'keys', '?0'))
const sizes = fc.array(simple, { maxLength: 4 })

/** What a size would be for a batch of 2, 3 new tokens and 4 past ones. */
function valueOf(size: number | string): number {
  const values: Record<string, number> = { batch: 2, new: 3, past: 4, keys: 7, '?0': 11 }
  if (typeof size === 'number') return size
  if (size.includes('+')) return size.split('+').reduce((total, part) => total + valueOf(part), 0)
  return size.split('*').reduce((total, part) => total * (values[part] ?? Number(part)), 1)
}

describe('sizes by name', () => {
  property.prop([sizes])('multiply as numbers do', (factors) => {
    expect(valueOf(product(factors))).toBe(factors.reduce<number>((total, factor) => total * valueOf(factor), 1))
  })
  property.prop([sizes])('have one name whatever the order of their factors', (factors) => {
    expect(product(factors)).toBe(product(factors.toReversed()))
  })
  property.prop([sizes, sizes])('divide back to what was multiplied', (left, right) => {
    expect(quotient(product([...left, ...right]), product(right))).toBe(product(left))
  })
  property.prop([sizes, sizes])('are divided evenly or not at all', (total, part) => {
    const found = quotient(product(total), product(part))
    if (found !== null) expect(valueOf(found) * valueOf(product(part))).toBe(valueOf(product(total)))
  })
  property.prop([simple, simple])('add and subtract as numbers do, where the result has a name', (left, right) => {
    const [total, rest] = [sum(left, right), difference(left, right)]
    if (total !== null) expect(valueOf(total)).toBe(valueOf(left) + valueOf(right))
    if (rest !== null) expect(valueOf(rest)).toBe(valueOf(left) - valueOf(right))
  })
  it('know that past and new are all keys', () => {
    expect(sum('past', 'new')).toBe('keys')
    expect(difference('keys', 'new')).toBe('past')
    expect(difference(sum('keys', 1) ?? '', 1)).toBe('keys')
    expect(sum('batch', 'new')).toBeNull()
  })
})
