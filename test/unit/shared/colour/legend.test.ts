import { describe, expect, it } from 'vitest'
import { legendStops } from '../../../../src/shared/colour/legend.ts'

describe('legendStops', () => {
  it('run from full opposition over nothing to full support', () => {
    const stops = legendStops('light')
    expect([stops.at(0)?.at, stops.at(-1)?.at]).toEqual([0, 1])
    expect(stops.at(0)?.colour.slice(0, 3)).toEqual([18, 58, 134])
    expect(stops[16]?.colour[3]).toBe(0)
    expect(stops.at(-1)?.colour.slice(0, 3)).toEqual([143, 42, 12])
  })
})
