import { describe, expect, it } from 'vitest'
import type { Claim } from '../../../../../src/shared/explanation/claim.ts'
import { defaultSuppression } from '../../../../../src/shared/explanation/parameters.ts'
import { matrixScale } from '../../../../../src/shared/explanation/view/matrix.ts'
import { knownMaximum, reachOf, viewScale } from '../../../../../src/shared/explanation/view/view-scale.ts'
import { previewed, tiny } from '../tiny.ts'

const claim: Claim = { measure: 'likelihood', tokens: 1, suppression: defaultSuppression, exactness: { kind: 'exact' } }
const odds: Claim = { ...claim, measure: 'odds' }
const known = tiny({ nats: () => 4 })

describe('what full colour belongs to', () => {
  it.each([
    ['a token on the scale of the answer', 'answer', claim, [1, -2], [], 'answer', 4],
    ['a token on its own scale', 'token', claim, [1, -2], [], 'token', 2],
    ['a mean', 'answer', { ...claim, tokens: 2 }, [1, -2], [], 'mean', 2],
    ['a mean on the scale of the token', 'token', { ...claim, tokens: 2 }, [1, -2], [], 'mean', 2],
    ['a comparison', 'answer', odds, [3, -2], [], 'difference', 3],
    ['anything on the absolute scale', 'absolute', odds, [9], [99], 'absolute', Math.LN10],
    ['larger drops', 'answer', claim, [1], [-5], 'drops', 5],
    ['drops as large', 'answer', claim, [1], [-4], 'answer', 4],
    ['smaller drops', 'token', claim, [6], [5], 'token', 6],
  ] as const)('%s', (_, kind, of, shown, drops, reach, maximum) => {
    expect(reachOf(known, kind, of, shown, drops)).toEqual({ reach, maximum })
  })
})

describe('the maximum of what is known', () => {
  it('is 0 of nothing, of a preview that of the first one, and of the exact map its own', () => {
    expect(knownMaximum({ numbers: { kind: 'none' } })).toBe(0)
    expect(knownMaximum(previewed(known, [9, 9, 9, 9, 9, 9], [3, 3, 3, 3, 3, 3]))).toBe(3)
    expect(knownMaximum(known)).toBe(4)
  })
})

describe('a scale', () => {
  it('has a claim’s unit, the words of its reach and marks up to its maximum', () => {
    expect(viewScale('token', 'difference', 2, odds, 'word')).toEqual({
      kind: 'token',
      reach: 'difference',
      maximum: 2,
      ticks: [
        { at: 0, nats: -2, label: '−2.0' },
        { at: 0.25, nats: -1, label: '−1.0' },
        { at: 0.5, nats: 0, label: '0' },
        { at: 0.75, nats: 1, label: '+1.0' },
        { at: 1, nats: 2, label: '+2.0' },
      ],
      words: 'scale: this difference',
      unit: 'nats; +0.69 = twice the odds with this word',
    })
  })
  it('never ends below ln 2', () => {
    const { maximum, ticks } = viewScale('token', 'token', 0.3, claim, 'patch')
    expect(maximum).toBe(Math.LN2)
    expect(ticks.map(({ label }) => label)).toEqual(['−0.69', '−0.35', '0', '+0.35', '+0.69'])
  })
})

describe('the legend of the matrix', () => {
  it('is that of the answer', () => {
    expect(matrixScale(known, 'answer')).toMatchObject({
      words: 'scale: this answer',
      unit: 'nats; +0.69 = twice as likely with this patch',
      maximum: 4,
    })
    expect(matrixScale(known, 'answer').ticks.map(({ nats }) => nats)).toEqual([-4, -2, 0, 2, 4])
  })
  it('speaks of words where there is no picture', () => {
    expect(matrixScale(tiny({ picture: false }), 'absolute')).toMatchObject({
      words: 'scale: absolute',
      unit: 'nats; +0.69 = twice as likely with this word',
    })
  })
  it('has a number in its middle only where each token has its own scale', () => {
    expect(matrixScale(known, 'token')).toMatchObject({ words: 'scale: this token', ticks: [{ at: 0.5, nats: 0, label: '0' }] })
  })
})
