import { fc, it } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { toOklab } from '../../../../src/shared/colour/oklab.ts'
import { ramp, stops, themes } from '../../../../src/shared/colour/ramp.ts'
import type { Rgb } from '../../../../src/shared/colour/rgba.ts'
import { channel, linear, over } from '../../../../src/shared/colour/rgba.ts'

const share = fc.double({ min: -1, max: 1, noNaN: true })
const strength = fc.double({ min: 1e-6, max: 1, noNaN: true })
const theme = fc.constantFrom(...themes)
const ground = { light: [255, 255, 255], dark: [20, 20, 22] } as const
const rgb = (value: number, of: (typeof themes)[number]): Rgb => {
  const [red, green, blue] = ramp(value, of)
  return [red, green, blue]
}
/** Lightness over the theme's ground; rounding to whole channels may move it by this much. */
const seenLightness = (value: number, of: (typeof themes)[number]) => toOklab(over(ramp(value, of), ground[of]))[0]
const rounding = 0.006

/** How a colour looks with red-green blindness (Machado, Oliveira and Fernandes 2009, full severity). */
const blindness = {
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
} as const
const seenBlind = (kind: keyof typeof blindness, colour: Rgb): Rgb => {
  const [red, green, blue] = blindness[kind].map((row) =>
    channel(row.reduce((sum, weight, place) => sum + weight * linear(colour[place] ?? 0), 0)),
  )
  return [red ?? 0, green ?? 0, blue ?? 0]
}
const distance = (one: Rgb, other: Rgb) => Math.hypot(...toOklab(one).map((value, axis) => value - (toOklab(other)[axis] ?? 0)))

describe('ramp', () => {
  it.prop([theme])('is transparent at zero', (of) => {
    expect(ramp(0, of)[3]).toBe(0)
    expect(ramp(-0, of)[3]).toBe(0)
  })
  it.prop([share, share, theme])('is less transparent the stronger, alike for support and opposition', (one, other, of) => {
    const [weak, strong] = [one, other].map(Math.abs).sort((a, b) => a - b) as [number, number]
    expect(ramp(weak, of)[3]).toBeLessThanOrEqual(ramp(strong, of)[3])
    expect(ramp(-one, of)[3]).toBe(ramp(one, of)[3])
    expect(ramp(strong, of)[3]).toBeLessThan(1)
  })
  it.prop([strength, strength])('steps away from the ground: darker on light, lighter on dark', (one, other) => {
    for (const sign of [1, -1]) {
      const [less, more] = [sign * Math.min(one, other), sign * Math.max(one, other)]
      expect(toOklab(rgb(more, 'light'))[0]).toBeLessThanOrEqual(toOklab(rgb(less, 'light'))[0] + rounding)
      expect(toOklab(rgb(more, 'dark'))[0]).toBeGreaterThanOrEqual(toOklab(rgb(less, 'dark'))[0] - rounding)
      expect(seenLightness(more, 'light')).toBeLessThanOrEqual(seenLightness(less, 'light') + rounding)
      expect(seenLightness(more, 'dark')).toBeGreaterThanOrEqual(seenLightness(less, 'dark') - rounding)
    }
  })
  it.prop([share.filter((value) => Math.abs(value) > 0.02), theme])(
    'is warm for support and cool for opposition',
    (value, of) => {
      const [red, , blue] = ramp(value, of)
      expect(Math.sign(red - blue)).toBe(Math.sign(value))
    },
  )
  it.prop([share, theme])('passes through its stops and is cut beyond the ends', (value, of) => {
    expect(rgb(1, of)).toEqual(stops[of].warm[3])
    expect(rgb(-1 / 3, of)).toEqual(stops[of].cool[1])
    expect(ramp(1 + Math.abs(value), of)).toEqual(ramp(1, of))
  })
  it.prop([
    fc.double({ min: 0.1, max: 1, noNaN: true }),
    theme,
    fc.constantFrom<keyof typeof blindness>('protanopia', 'deuteranopia'),
  ])('keeps support and opposition apart for red-green blind eyes', (value, of, kind) => {
    const [warm, cool] = [rgb(value, of), rgb(-value, of)]
    expect(distance(seenBlind(kind, warm), seenBlind(kind, cool))).toBeGreaterThan(0.06)
  })
})
