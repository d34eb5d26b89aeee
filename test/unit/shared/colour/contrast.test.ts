import { fc, it } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { contrast, luminance, textColour } from '../../../../src/shared/colour/contrast.ts'

const byte = fc.integer({ min: 0, max: 255 })
const rgb = fc.tuple(byte, byte, byte)

describe('contrast', () => {
  it('is 21 between black and white', () => {
    expect(contrast([0, 0, 0], [255, 255, 255])).toBeCloseTo(21, 9)
  })
  it.prop([rgb, rgb])('is symmetric, at least 1, and 1 with itself', (one, other) => {
    expect(contrast(one, other)).toBe(contrast(other, one))
    expect(contrast(one, other)).toBeGreaterThanOrEqual(1)
    expect(contrast(one, one)).toBe(1)
  })
  it.prop([rgb])('of the chosen text colour is readable on every ground', (ground) => {
    expect(contrast(textColour(ground), ground)).toBeGreaterThanOrEqual(4.5)
  })
  it('weighs green most', () => {
    expect(luminance([0, 255, 0])).toBeCloseTo(0.7152, 6)
  })
})
