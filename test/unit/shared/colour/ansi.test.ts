import { fc, it } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { inColour, onColour, xtermColour, xtermRgb } from '../../../../src/shared/colour/ansi.ts'

const byte = fc.integer({ min: 0, max: 255 })
const rgb = fc.tuple(byte, byte, byte)
const fixed = Array.from({ length: 240 }, (_, place) => 16 + place)

describe('xtermColour', () => {
  it.prop([fc.constantFrom(...fixed)])('finds a fixed colour again', (index) => {
    expect(xtermRgb(xtermColour(xtermRgb(index)))).toEqual(xtermRgb(index))
  })
  it.prop([rgb])('is the nearest of all fixed colours', (colour) => {
    const distance = (index: number) =>
      xtermRgb(index).reduce((sum, value, place) => sum + (value - (colour[place] ?? 0)) ** 2, 0)
    expect(distance(xtermColour(colour))).toBe(Math.min(...fixed.map(distance)))
  })
})

describe('onColour and inColour', () => {
  it('leave the text alone without colours', () => {
    expect(onColour('dog', [255, 0, 0], 'none')).toBe('dog')
    expect(inColour('dog', [255, 0, 0], 'none')).toBe('dog')
  })
  it('write the sequences of 24-bit and 256-colour terminals and end them', () => {
    expect(onColour('dog', [255, 255, 0], '24-bit')).toBe('\u001b[48;2;255;255;0;38;2;0;0;0mdog\u001b[0m')
    expect(inColour('dog', [255, 0, 0], '256')).toBe('\u001b[38;5;196mdog\u001b[0m')
  })
})
