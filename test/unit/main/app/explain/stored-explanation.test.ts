import { fc, test } from '@fast-check/vitest'
import { describe, expect, it } from 'vitest'
import { packExplanation, unpackExplanation } from '../../../../../src/main/app/explain/stored-explanation.ts'
import { pack } from '../../../../../src/shared/contract/packing.ts'
import type { Explanation } from '../../../../../src/shared/explanation/record.ts'
import { explanation } from '../../export/hand-made.ts'

function made(relevance: (place: number) => number = () => 0): Explanation {
  let place = 0
  const whole = explanation({ relevance: () => relevance(place++) })
  const { name, sha256, family, precision } = whole.model
  return { ...whole, model: { name, sha256, family, precision } }
}

describe('a stored explanation', () => {
  test.prop([fc.array(fc.float({ noNaN: true }), { minLength: 1 })])('comes back with every bit of its numbers', (numbers) => {
    const whole = made((place) => numbers[place % numbers.length] ?? 0)
    expect(unpackExplanation(packExplanation(whole))).toEqual(whole)
  })

  it('keeps NaN where a target has fewer than five candidates', () => {
    const whole = made()
    whole.relevance.candidates.fill(Number.NaN)
    expect(unpackExplanation(packExplanation(whole))?.relevance.candidates.every(Number.isNaN)).toBe(true)
  })

  test.prop([fc.nat(), fc.integer({ min: 1, max: 255 })])('is whole or nothing, whatever byte changes', (place, flip) => {
    const bytes = packExplanation(made())
    bytes[place % bytes.length] = (bytes[place % bytes.length] ?? 0) ^ flip
    const found = unpackExplanation(bytes)
    if (found !== null) expect(found.relevance.values.length).toBe(found.inputs.length * found.targets.length)
  })

  it.each([
    ['no bytes', new Uint8Array()],
    ['another value', pack({ some: 'thing' })],
    ['a later form', pack({ format: 'whence.explanation/2', explanation: made() })],
    [
      'too few numbers',
      pack({
        format: 'whence.explanation/1',
        explanation: { ...made(), relevance: { ...made().relevance, values: new Float32Array(3) } },
      }),
    ],
    ['an unknown field', pack({ format: 'whence.explanation/1', explanation: { ...made(), more: 1 } })],
  ])('is not read from %s', (_, bytes) => {
    expect(unpackExplanation(bytes)).toBeNull()
  })
})
