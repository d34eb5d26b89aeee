import { fc, it } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { drawGroups, isDrawn } from '../../../../scripts/mutate/sample.ts'

const mutants = fc.nat(40).map((count) => Array.from({ length: count }, (_, place) => `${place}`))

describe('drawGroups', () => {
  it.prop([mutants, fc.nat(50), fc.nat()])('holds every mutant once and draws as many as asked for', (ids, size, seed) => {
    const groups = drawGroups(ids, { size, seed })
    expect(groups.flat().toSorted()).toEqual(ids.toSorted())
    const drawn = groups.filter(isDrawn).length
    expect(drawn).toBe(size === ids.length - 1 ? ids.length : Math.min(size, ids.length))
  })
  it('draws the same mutants for the same seed and others for another', () => {
    const ids = Array.from({ length: 100 }, (_, place) => `${place}`)
    const draw = (seed: number) => drawGroups(ids, { size: 10, seed }).filter(isDrawn)
    expect(draw(1)).toEqual(draw(1))
    expect(draw(1)).not.toEqual(draw(2))
  })
})
