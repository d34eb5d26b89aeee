import { fc, it } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import {
  areaUnderCurve,
  comprehensiveness,
  relevanceGain,
  removalOrder,
  sufficiency,
} from '../../../../src/shared/metrics/faithfulness.ts'
import { seenOrGuessed, visualDependence } from '../../../../src/shared/metrics/visual-dependence.ts'

const curves = fc.array(fc.tuple(fc.integer({ min: 0, max: 64 }), fc.integer({ min: 0, max: 64 })), {
  minLength: 1,
  maxLength: 20,
})

describe('removalOrder', () => {
  it('begins with the most relevant, of equals with the first', () => {
    expect(removalOrder(Float32Array.of(1, 3, -2, 3), 'most')).toEqual([1, 3, 0, 2])
    expect(removalOrder(new Float32Array(12), 'most')).toEqual(Array.from({ length: 12 }, (_, place) => place))
  })
  it.prop([fc.array(fc.integer({ min: -3, max: 3 }))])('least first is most first backwards', (values) => {
    const relevance = Float32Array.from(values)
    expect(removalOrder(relevance, 'least')).toEqual(removalOrder(relevance, 'most').toReversed())
  })
})

describe('relevanceGain', () => {
  it.prop([curves])('turns its sign when the orders change places', (pairs) => {
    const [least, most] = [pairs.map(([value]) => value), pairs.map(([, value]) => value)]
    expect(relevanceGain(least, most)).toBe(0 - relevanceGain(most, least))
    expect(relevanceGain(least, least)).toBe(0)
  })
  it('is the mean distance between the curves', () => {
    expect(relevanceGain([1, 0.75, 0.5], [0.5, 0.25, 0])).toBe(0.5)
  })
  it('refuses curves of different lengths', () => {
    expect(() => relevanceGain([1], [1, 2])).toThrow('1 and 2 steps')
  })
})

describe('areaUnderCurve', () => {
  it('is half for a straight line down and the score itself for a flat one', () => {
    expect(areaUnderCurve([1, 0.5, 0])).toBe(0.5)
    expect(areaUnderCurve([3, 3, 3, 3])).toBe(3)
    expect(areaUnderCurve([7])).toBe(7)
  })
  it('weighs both ends half', () => {
    expect(areaUnderCurve([1, 0.5, 0.5])).toBe((0.5 + 0.5 + 0.25) / 2)
    expect(areaUnderCurve([0, 4])).toBe(2)
  })
  it('is no number for no scores', () => {
    expect(areaUnderCurve([])).toBeNaN()
  })
})

describe('comprehensiveness and sufficiency', () => {
  it('measure what is lost without the relevant parts, and with them alone', () => {
    expect(comprehensiveness(0.75, [0.5, 0.25])).toBe(0.375)
    expect(sufficiency(0.75, [0.75])).toBe(0)
  })
})

describe('visualDependence', () => {
  it('calls a token seen above one nat', () => {
    expect(visualDependence(-0.5, -6.5)).toBe(6)
    expect(seenOrGuessed(6)).toBe('seen')
    expect(seenOrGuessed(1)).toBe('guessed')
  })
})
