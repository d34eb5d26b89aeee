import { describe, expect, it } from 'vitest'
import { element, lastElement, present, valueAt } from '../../../../src/shared/values/element.ts'

describe('element', () => {
  it('answers with the element, also with a zero', () => {
    expect(element([7, 0], 1)).toBe(0)
    expect(element(Float32Array.of(1.5), 0)).toBe(1.5)
  })

  it.each([-1, 2, 0.5, Number.NaN])('throws for index %s with index and length', (index) => {
    expect(() => element([1, 2], index)).toThrow(RangeError(`there is no element ${index} in a list of 2`))
  })
})

describe('lastElement', () => {
  it('answers with the last element', () => expect(lastElement([1, 2])).toBe(2))
  it('throws for an empty list', () => expect(() => lastElement([])).toThrow('no element -1 in a list of 0'))
})

describe('valueAt', () => {
  it('answers with the value, also with a zero', () => expect(valueAt(new Map([['a', 0]]), 'a')).toBe(0))
  it('throws with the key', () =>
    expect(() => valueAt(new Map<string, number>(), 'b')).toThrow(RangeError('there is no value for b')))
})

describe('present', () => {
  it('answers with what is there', () => expect(present(0, 'x')).toBe(0))
  it.each([undefined, null])('throws for %s and names it', (value) => {
    expect(() => present(value, 'the first row')).toThrow(RangeError('the first row is missing'))
  })
})
