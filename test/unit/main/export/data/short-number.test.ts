import { fc, it } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { shortFloat } from '../../../../../src/main/export/data/short-number.ts'

const singles = fc.float({ noNaN: true, noDefaultInfinity: true })

describe('shortFloat', () => {
  it.prop([singles])('becomes the same float32 again after being printed and read', (value) => {
    expect(Math.fround(Number(String(shortFloat(value))))).toBe(value === 0 ? 0 : value)
  })

  it.prop([singles])('needs no more than nine digits', (value) => {
    expect(shortFloat(value)).toBe(Number(shortFloat(value).toPrecision(9)))
  })

  it.prop([fc.integer({ min: -99999, max: 99999 }), fc.integer({ min: 1, max: 5 })])(
    'gives a short decimal back',
    (digits, places) => {
      const decimal = digits / 10 ** places
      expect(shortFloat(Math.fround(decimal))).toBe(decimal === 0 ? 0 : decimal)
    },
  )

  it('prints minus zero as zero', () => {
    expect(Object.is(shortFloat(-0), 0)).toBe(true)
  })
})
