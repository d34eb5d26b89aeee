import { describe, expect, it } from 'vitest'
import {
  counted,
  formatFactor,
  formatLogprob,
  formatNats,
  formatProbability,
  formatSetting,
  formatSquares,
  formatTimes,
  fromOne,
  preciseNats,
  scaleDigits,
} from '../../../../src/shared/explanation/numbers.ts'

describe('formatNats', () => {
  it.each([
    [1.315, '+1.31'],
    [-0.08, '−0.08'],
    [0, '0.00'],
    [0.004, '0.00'],
    [-0.004, '0.00'],
    [Number.NaN, 'NaN'],
    [0.005, '+0.01'],
  ])('writes %s as %s', (nats, text) => expect(formatNats(nats)).toBe(text))

  it('takes another number of digits', () => expect(formatNats(-12.34, 0)).toBe('−12'))
})

it('writes nats to three digits where there is room', () => expect(preciseNats(1.3184)).toBe('+1.318 nats'))
it('writes a log-probability with its unit', () => expect(formatLogprob(-0.02)).toBe('−0.02 nats'))

describe('formatProbability', () => {
  it.each([
    [1, '>0.999'],
    [0.9996, '>0.999'],
    [0.9995, '1.000'],
    [0.9974, '0.997'],
    [0.995, '0.995'],
    [0.9949, '0.99'],
    [0.5, '0.50'],
    [0.1, '0.10'],
    [0.0999, '0.1'],
    [0.0113, '0.011'],
    [0.0003, '0.0003'],
    [0.0001, '0.0001'],
    [0.000099, '<0.0001'],
    [0, '<0.0001'],
  ])('writes %s as %s', (probability, text) => expect(formatProbability(probability)).toBe(text))
})

describe('formatTimes', () => {
  it.each([
    [Math.LN2, '2.0×'],
    [-Math.LN2, '2.0×'],
    [Math.log(9.94), '9.9×'],
    [Math.log(9.96), '10×'],
    [Math.log(999), '999×'],
    [Math.log(1001), 'over 1000×'],
  ])('writes a change of %s nats as %s', (nats, text) => expect(formatTimes(nats)).toBe(text))

  it.each([0, 0.048, -0.048])('says nothing of %s nats, which are less than 5 %%', (nats) => expect(formatTimes(nats)).toBeNull())
  it('speaks from 5 % on', () => expect(formatTimes(0.0488)).toBe('1.1×'))
})

it('gives a scale as many digits as it deserves', () => {
  expect([0.69, 0.999, 1, 9.99, 10, 25].map(scaleDigits)).toEqual([2, 2, 1, 1, 0, 0])
})
it('writes squares with their unit', () => expect(formatSquares(3.24)).toBe('3.2 nats²'))
it('writes settings with two digits and a true minus', () => expect([0.9, -1].map(formatSetting)).toEqual(['0.90', '−1.00']))
it('writes a factor', () => expect(formatFactor(0.1)).toBe('×0.1'))
it('counts with the noun', () => {
  expect([counted(1, 'patch', 'patches'), counted(2, 'patch', 'patches'), counted(0, 'token')]).toEqual([
    '1 patch',
    '2 patches',
    '0 tokens',
  ])
})
it('counts rows and columns from 1', () => expect(fromOne(0)).toBe(1))
