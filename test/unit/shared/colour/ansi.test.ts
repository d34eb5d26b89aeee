import { fc, it } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { onColour, xtermColour, xtermRgb } from '../../../../src/shared/colour/ansi.ts'

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

describe('xtermRgb', () => {
  it.each([
    [16, [0, 0, 0]],
    [16 + 36 * 1 + 6 * 2 + 3, [95, 135, 175]],
    [231, [255, 255, 255]],
    [232, [8, 8, 8]],
    [255, [238, 238, 238]],
  ])('knows colour %i', (index, colour) => {
    expect(xtermRgb(index)).toEqual(colour)
  })
})

describe('onColour', () => {
  it('leaves the text alone without colours', () => {
    expect(onColour('dog', [255, 0, 0], 'none')).toBe('dog')
  })
  it('writes the sequences of 24-bit and 256-colour terminals and ends them', () => {
    expect(onColour('dog', [255, 255, 0], '24-bit')).toBe('\u001b[48;2;255;255;0;38;2;0;0;0mdog\u001b[0m')
    expect(onColour('dog', [95, 0, 0], '256')).toBe('\u001b[48;5;52;38;5;231mdog\u001b[0m')
  })
})
