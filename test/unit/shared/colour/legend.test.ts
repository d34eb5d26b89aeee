import { fc, it } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import {
  formatNats,
  legendScale,
  legendStops,
  legendTicks,
  legendUnit,
  likelihoodWords,
} from '../../../../src/shared/colour/legend.ts'

const maximum = fc.double({ min: 0.05, max: 30, noNaN: true })

describe('legendTicks', () => {
  it('name both ends, half-way and zero', () => {
    expect(legendTicks(2.1).map(({ label }) => label)).toEqual(['−2.1', '−1.1', '0', '+1.1', '+2.1'])
  })
  it.prop([maximum])('are mirrored about zero and ascend', (most) => {
    const ticks = legendTicks(most)
    ticks.forEach(({ at, nats }, place) => {
      const mirrored = ticks.at(-1 - place)
      expect(at + (mirrored?.at ?? 0)).toBe(1)
      expect(nats + (mirrored?.nats ?? 0)).toBe(0)
    })
    expect(ticks.map(({ at }) => at)).toEqual(ticks.map(({ at }) => at).toSorted((a, b) => a - b))
  })
  it.each([0, -1, NaN])('keep zero alone when full colour is %s', (most) => {
    expect(legendTicks(most)).toEqual([{ at: 0.5, nats: 0, label: '0' }])
  })
})

describe('legendStops', () => {
  it('run from full opposition over nothing to full support', () => {
    const stops = legendStops('light')
    expect([stops.at(0)?.at, stops.at(-1)?.at]).toEqual([0, 1])
    expect(stops.at(0)?.colour.slice(0, 3)).toEqual([18, 58, 134])
    expect(stops[16]?.colour[3]).toBe(0)
    expect(stops.at(-1)?.colour.slice(0, 3)).toEqual([143, 42, 12])
  })
})

describe('legend words', () => {
  it('give the unit and how to read it', () => {
    expect(legendUnit('patch')).toBe('nats; +0.69 = twice as likely with this patch')
    expect(legendScale('answer')).toBe('scale: this answer')
  })
  it.each([
    [1.318, '+1.32'],
    [-0.08, '−0.08'],
    [-0.001, '0.00'],
    [0, '0.00'],
  ])('write %s nats as %s', (nats, text) => {
    expect(formatNats(nats)).toBe(text)
  })
  it.each([
    [1.32, '3.7× less likely without it'],
    [-0.41, '1.5× more likely without it'],
    [0.01, 'as likely without it'],
    [Math.log(42), '42× less likely without it'],
    [14.8, 'over 1000× less likely without it'],
  ])('say %s nats as "%s"', (nats, text) => {
    expect(likelihoodWords(nats)).toBe(text)
  })
})
