import { describe, expect, it } from 'vitest'
import type { Claim } from '../../../../src/shared/explanation/claim.ts'
import { single, together } from '../../../../src/shared/explanation/claim.ts'
import { defaultSampling, defaultSuppression } from '../../../../src/shared/explanation/parameters.ts'
import {
  changeWords,
  dropsWords,
  dropSentence,
  effectSentence,
  exactnessWords,
  howWords,
  methodSettings,
  methodWords,
  oddsWords,
  partWords,
  previewWords,
  rankWords,
  samplingSettings,
  scaleName,
  scaleWords,
  strongestWords,
  subjectNumbers,
  unitWords,
  whyNotWords,
  withoutWords,
} from '../../../../src/shared/explanation/wording.ts'

const claim: Claim = { measure: 'likelihood', tokens: 1, suppression: defaultSuppression, exactness: { kind: 'exact' } }
const alone = { ...defaultSuppression, threshold: null }
const amplifying = { ...claim, suppression: { ...defaultSuppression, strength: -1 } }
const preview = { kind: 'preview', rows: 3, columns: 3 } as const

describe('changeWords', () => {
  it.each([
    [claim, Math.LN2, '2.0× less likely without it'],
    [claim, -Math.LN2, '2.0× more likely without it'],
    [claim, 0.01, 'as likely without it'],
    [{ ...claim, tokens: 3 }, Math.LN2, 'on average 2.0× less likely without it'],
    [{ ...claim, tokens: 3 }, 0, 'on average as likely without it'],
    [{ ...claim, measure: 'odds' }, Math.LN2, 'odds 2.0× lower without it'],
    [{ ...claim, measure: 'odds' }, -Math.LN2, 'odds 2.0× higher without it'],
    [{ ...claim, measure: 'odds' }, 0, 'odds unchanged without it'],
    [amplifying, Math.LN2, '2.0× less likely with it amplified'],
  ] as const)('%#: says %s of it', (of, nats, words) => expect(changeWords(of, nats)).toBe(words))
})

describe('howWords', () => {
  it('names f, neighbours and exactness', () => {
    expect(howWords(claim, single(defaultSuppression))).toBe('f 0.90, with neighbours (κ 0.70), exact')
  })
  it('says that an input was suppressed alone', () => {
    expect(howWords({ ...claim, suppression: alone }, single(alone))).toBe('f 0.90, without neighbours, exact')
  })
  it('says how many were suppressed together', () => {
    expect(howWords(claim, together(3))).toBe('f 0.90, 3 suppressed together, without neighbours, exact')
    expect(howWords(claim, { members: 15, neighbours: true })).toBe(
      'f 0.90, 15 suppressed together, with neighbours (κ 0.70), exact',
    )
  })
  it('says that a preview is one', () => {
    expect(howWords({ ...claim, exactness: preview }, together(16))).toBe(
      'f 0.90, 16 suppressed together, without neighbours, preview of 3×3 blocks',
    )
    expect(exactnessWords({ kind: 'exact' })).toBe('exact')
  })
})

it('gives no number without how it came about', () => {
  expect(effectSentence(claim, Math.LN2, single(defaultSuppression))).toBe(
    '+0.693 nats: 2.0× less likely without it (f 0.90, with neighbours (κ 0.70), exact)',
  )
  expect(dropSentence({ ...claim, tokens: 3, measure: 'odds' }, 'dog', -Math.LN2, together(2))).toBe(
    '“dog”: −0.693 nats: 2.0× more likely without it (f 0.90, 2 suppressed together, without neighbours, exact)',
  )
  expect(dropsWords(claim, together(15))).toBe(
    'log-probability that each token loses, in one pass (f 0.90, 15 suppressed together, without neighbours, exact)',
  )
})

describe('unitWords', () => {
  it.each([
    [claim, 'patch', 'nats; +0.69 = twice as likely with this patch'],
    [claim, 'chunk', 'nats; +0.69 = twice as likely with this passage'],
    [{ ...claim, tokens: 2 }, 'word', 'nats, mean of 2 tokens; +0.69 = twice as likely with this word'],
    [{ ...claim, measure: 'odds' }, 'token', 'nats; +0.69 = twice the odds with this token'],
    [amplifying, 'patch', 'nats; +0.69 = half as likely with this patch amplified'],
    [{ ...amplifying, measure: 'odds' }, 'patch', 'nats; +0.69 = half the odds with this patch amplified'],
  ] as const)('%#: reads the scale of %s', (of, kind, words) => expect(unitWords(of, kind)).toBe(words))
})

it('names the scale that is drawn', () => {
  expect(
    (['answer', 'token', 'absolute', 'mean', 'difference', 'both', 'drops'] as const).map((reach) => scaleWords(reach)),
  ).toEqual([
    'scale: this answer',
    'scale: this token',
    'scale: absolute',
    'scale: this mean',
    'scale: this difference',
    'scale: both answers',
    'scale: this and the drops',
  ])
  expect(scaleName('answer')).toBe('this answer')
})

it('words a comparison of two tokens as odds', () => {
  expect(whyNotWords('dog', 'cat')).toBe('why “dog” and not “cat”')
  expect(oddsWords('dog', 'cat')).toBe('odds of “dog” against “cat”')
})

it('gives one token its probability and several their number', () => {
  expect(subjectNumbers([])).toBe('not computed yet')
  expect(subjectNumbers([Math.log(0.5)])).toBe('p 0.50 · −0.69 nats')
  expect(subjectNumbers([-1, -2, -3])).toBe('mean of 3 tokens')
})

it('names a part', () => {
  expect(partWords([{ row: 3, column: 8 }], null)).toBe('row 4, column 9')
  expect(
    partWords(
      [
        { row: 3, column: 8 },
        { row: 3, column: 9 },
      ],
      null,
    ),
  ).toBe('2 patches')
  expect(partWords([], 'dog')).toBe('“dog”')
  expect(withoutWords('“dog”')).toBe('Without “dog”')
})

it('says of a preview whether the exact map follows', () => {
  expect(previewWords({ kind: 'exact' }, { kind: 'running' })).toBeNull()
  expect(previewWords(preview, { kind: 'running' })).toBe('preview of 3×3 blocks, the exact map follows')
  expect(previewWords(preview, { kind: 'ended' })).toBe('preview of 3×3 blocks only; the exact map was not computed')
})

it('ranks, sums up and names the method', () => {
  expect(rankWords(3, 144)).toBe('rank 3 of 144')
  expect(
    strongestWords([
      { label: 'row 1, column 2', nats: 1.318 },
      { label: 'row 2, column 2', nats: -0.5 },
    ]),
  ).toBe('strongest row 1, column 2 (+1.32 nats); row 2, column 2 (−0.50 nats)')
  expect(methodWords({ ...alone, layers: [0, 2] })).toBe(
    'AtMan, shifted · suppression f 0.90 · neighbourhood κ off · layers 0, 2',
  )
  expect(methodSettings(defaultSuppression)).toEqual([
    ['suppression f', '0.90'],
    ['neighbourhood κ', '0.70'],
    ['layers', 'all'],
  ])
})

it('speaks of sampling only where chance chose a token', () => {
  expect(samplingSettings({ ...defaultSampling, temperature: 0.7, seed: 3 })).toEqual([['sampling', 'T 0.7, seed 3']])
  expect(samplingSettings(defaultSampling)).toEqual([])
})
