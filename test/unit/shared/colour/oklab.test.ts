import { fc, it } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { fromOklab, toOklab } from '../../../../src/shared/colour/oklab.ts'
import { cssColour, over } from '../../../../src/shared/colour/rgba.ts'

const byte = fc.integer({ min: 0, max: 255 })
const rgb = fc.tuple(byte, byte, byte)

describe('OKLab', () => {
  it.prop([rgb])('gives back the colour it was made from', (colour) => {
    expect(fromOklab(toOklab(colour))).toEqual(colour)
  })
  it('has no colour in grey and lightness 1 in white', () => {
    const [lightness, a, b] = toOklab([255, 255, 255])
    expect(lightness).toBeCloseTo(1, 5)
    expect(Math.hypot(a, b)).toBeLessThan(1e-4)
  })
})

describe('over', () => {
  it.prop([rgb, rgb])('is the ground without alpha and the colour at full alpha', (colour, ground) => {
    expect(over([...colour, 0], ground)).toEqual(ground)
    expect(over([...colour, 1], ground)).toEqual(colour)
  })
})

describe('cssColour', () => {
  it('is what CSS and SVG read', () => {
    expect(cssColour([217, 84, 30, 0.123456])).toBe('rgb(217 84 30 / 0.123)')
  })
})
