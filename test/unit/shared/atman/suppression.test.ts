import { fc, it } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import {
  blockRow,
  chunkRow,
  firstChanged,
  jointRow,
  neighbours,
  suppressionRow,
} from '../../../../src/shared/atman/suppression.ts'
import { position } from '../../../../src/shared/values/brand.ts'

const cosine = fc.float({ min: -1, max: 1, noNaN: true })
const similarities = fc.array(cosine, { minLength: 1, maxLength: 20 }).map((values) => Float32Array.from(values))
const strength = fc.double({ min: -2, max: 1, noNaN: true })
const threshold = fc.double({ min: -1, max: 1, noNaN: true })
const place = fc.nat()

describe('suppressionRow', () => {
  it('scales the input by 1 - f, a neighbour by 1 - f·cos and nothing else', () => {
    expect([...suppressionRow(0, Float32Array.of(1, 0.8, 0.2), { strength: 0.5, threshold: 0.7 })]).toEqual(
      [0.5, 0.6, 1].map(Math.fround),
    )
  })
  it('counts a cosine equal to κ as a neighbour, κ being rounded as the cosines are', () => {
    expect([...suppressionRow(0, Float32Array.of(1, 0.7), { strength: 0.9, threshold: 0.7 })]).toEqual(
      [0.1, 0.37].map(Math.fround),
    )
  })
  it('amplifies an opposite neighbour when κ lets it in (Eq. 6 taken literally)', () => {
    expect([...suppressionRow(0, Float32Array.of(1, -0.5), { strength: 0.5, threshold: -1 })]).toEqual([0.5, 1.25])
  })
  it('amplifies input and neighbours alike by a negative f', () => {
    expect([...suppressionRow(0, Float32Array.of(1, 0.75, 0), { strength: -1, threshold: 0.7 })]).toEqual([2, 1.75, 1])
  })
  it('changes the input alone with the neighbourhood switched off, even beside its twin', () => {
    expect([...suppressionRow(1, Float32Array.of(1, 1, 1), { strength: 1, threshold: null })]).toEqual([1, 0, 1])
  })
  it.prop([similarities, place, threshold])('is all ones when nothing is suppressed', (similarity, some, kappa) => {
    const row = suppressionRow(some % similarity.length, similarity, { strength: 0, threshold: kappa })
    expect(row.every((factor) => factor === 1)).toBe(true)
  })
  it.prop([similarities, place, strength, fc.option(threshold)])(
    'gives the input itself 1 - f, whatever its cosine',
    (similarity, some, f, kappa) => {
      const input = some % similarity.length
      expect(suppressionRow(input, similarity, { strength: f, threshold: kappa })[input]).toBe(Math.fround(1 - f))
    },
  )
  it.prop([similarities, place, fc.double({ min: 0.01, max: 1, noNaN: true }), fc.double({ min: 0.01, max: 1, noNaN: true })])(
    'suppresses, and never amplifies, for κ above 0; the more alike the more',
    (similarity, some, f, kappa) => {
      const input = some % similarity.length
      const row = suppressionRow(input, similarity, { strength: f, threshold: kappa })
      expect(row.every((factor) => factor >= Math.fround(1 - f) && factor <= 1)).toBe(true)
      const byCosine = Array.from(similarity, (value, key) => ({ value, factor: row[key] ?? 0, key })).filter(
        ({ key }) => key !== input,
      )
      byCosine.sort((a, b) => a.value - b.value)
      byCosine.slice(1).forEach(({ factor }, index) => expect(factor).toBeLessThanOrEqual(byCosine[index]?.factor ?? 1))
    },
  )
  it.prop([similarities, place, threshold, threshold])('changes more keys the lower κ is', (similarity, some, one, other) => {
    const input = some % similarity.length
    const found = (kappa: number) =>
      neighbours(input, similarity, { strength: 0.9, threshold: kappa }).map((neighbour) => neighbour.position)
    expect(found(Math.min(one, other))).toEqual(expect.arrayContaining(found(Math.max(one, other))))
  })
})

describe('chunkRow', () => {
  it.prop([fc.uniqueArray(fc.nat(19)), strength])('gives every member 1 - f and every other position 1', (members, f) => {
    expect([...chunkRow(members, 20, { strength: f })]).toEqual(
      Array.from({ length: 20 }, (_, key) => (members.includes(key) ? Math.fround(1 - f) : 1)),
    )
  })
})

describe('blockRow', () => {
  it('suppresses the patches of the block and none like them', () => {
    expect([...blockRow({ members: [position(1), position(2)] }, 4, { strength: 0.75 })]).toEqual([1, 0.25, 0.25, 1])
  })
})

describe('neighbours', () => {
  it.prop([similarities, place, strength, threshold])(
    'are the keys that the factor row changes beside the input, with their factors',
    (similarity, some, f, kappa) => {
      const input = some % similarity.length
      const row = suppressionRow(input, similarity, { strength: f, threshold: kappa })
      const found = neighbours(input, similarity, { strength: f, threshold: kappa })
      const rebuilt = new Float32Array(similarity.length).fill(1)
      rebuilt[input] = 1 - f
      for (const { position: key, factor } of found) rebuilt[key] = factor
      expect(rebuilt).toEqual(row)
      expect(
        found.every((neighbour, index) => neighbour.position !== input && neighbour.cosine <= (found[index - 1]?.cosine ?? 1)),
      ).toBe(true)
    },
  )
  it('begin with the most alike, of equals with the first; a cosine equal to κ is one', () => {
    const found = neighbours(2, Float32Array.of(0.75, 0.5, 1, 0.75, 0.875, 0.25), { strength: 0.5, threshold: 0.5 })
    expect(found).toEqual([
      { position: 4, cosine: 0.875, factor: 0.5625 },
      { position: 0, cosine: 0.75, factor: 0.625 },
      { position: 3, cosine: 0.75, factor: 0.625 },
      { position: 1, cosine: 0.5, factor: 0.75 },
    ])
  })
  it('are none with the neighbourhood switched off', () => {
    expect(neighbours(0, Float32Array.of(1, 1), { strength: 0.9, threshold: null })).toEqual([])
  })
})

describe('firstChanged', () => {
  it('is where the factors leave 1', () => {
    expect(firstChanged(Float32Array.of(1, 1, 0.5, 1))).toBe(2)
    expect(firstChanged(Float32Array.of(1.5, 1))).toBe(0)
  })
  it('is the length of a row that changes nothing', () => {
    expect(firstChanged(new Float32Array(7).fill(1))).toBe(7)
  })
})

const squares = fc.integer({ min: 1, max: 8 }).chain((size) =>
  fc.record({
    size: fc.constant(size),
    similarity: fc
      .array(cosine, { minLength: size ** 2, maxLength: size ** 2 })
      .map((values) => Float32Array.from(values, (value, cell) => (cell % (size + 1) === 0 ? 1 : value))),
    members: fc.uniqueArray(fc.nat(size - 1), { minLength: 1 }),
  }),
)

describe('jointRow', () => {
  const similarity = Float32Array.of(1, 0.75, 0.5, 0.75, 1, 0.875, 0.5, 0.875, 1)

  it('takes at each key the factor of the member that suppresses it most', () => {
    expect([...jointRow([0], 3, similarity, { strength: 0.5, threshold: 0.7 })]).toEqual([0.5, 0.625, 1])
    expect([...jointRow([2], 3, similarity, { strength: 0.5, threshold: 0.7 })]).toEqual([1, 0.5625, 0.5])
    expect([...jointRow([0, 2], 3, similarity, { strength: 0.5, threshold: 0.7 })]).toEqual([0.5, 0.5625, 0.5])
  })
  it('amplifies every member by a negative f, none held back by another', () => {
    expect([...jointRow([0, 2], 3, similarity, { strength: -1, threshold: 0.7 })]).toEqual([2, 1.875, 2])
  })
  it('changes the members alone with the neighbourhood switched off', () => {
    expect([...jointRow([0, 2], 3, null, { strength: 0.5, threshold: null })]).toEqual([0.5, 1, 0.5])
  })
  it('asks for the cosines of all positions where there are neighbours', () => {
    expect(() => jointRow([0], 3, null, { strength: 0.5, threshold: 0.7 })).toThrow('needs the cosines of all 3 positions')
    expect(() => jointRow([0], 4, similarity, { strength: 0.5, threshold: 0.7 })).toThrow('all 4 positions')
  })
  it('changes nothing without members', () => {
    expect([...jointRow([], 3, similarity, { strength: 0.5, threshold: 0.7 })]).toEqual([1, 1, 1])
  })
  it.prop([squares, strength, threshold])('is the single row for one member', ({ size, similarity: all, members }, f, kappa) => {
    const [member = 0] = members
    const single = suppressionRow(member, all.slice(member * size, (member + 1) * size), { strength: f, threshold: kappa })
    expect(jointRow([member], size, all, { strength: f, threshold: kappa })).toEqual(single)
  })
  it.prop([squares, fc.option(threshold)])(
    'is all ones when nothing is suppressed',
    ({ size, similarity: all, members }, kappa) => {
      const row = jointRow(members, size, all, { strength: 0, threshold: kappa })
      expect(row.every((factor) => factor === 1)).toBe(true)
    },
  )
  it.prop([squares, strength, fc.option(threshold)])(
    'does not depend on the order of its members, nor on how often one is named',
    ({ size, similarity: all, members }, f, kappa) => {
      const suppression = { strength: f, threshold: kappa }
      const row = jointRow(members, size, all, suppression)
      expect(jointRow(members.toReversed(), size, all, suppression)).toEqual(row)
      expect(jointRow([...members, ...members], size, all, suppression)).toEqual(row)
    },
  )
  it.prop([squares, fc.double({ min: 0, max: 1, noNaN: true }), fc.option(threshold)])(
    'is nowhere above the row of any member, and at each key one of theirs',
    ({ size, similarity: all, members }, f, kappa) => {
      const suppression = { strength: f, threshold: kappa }
      const rows = members.map((member) => jointRow([member], size, all, suppression))
      jointRow(members, size, all, suppression).forEach((factor, key) => {
        expect(factor).toBe(Math.min(...rows.map((row) => row[key] ?? Number.NaN)))
      })
    },
  )
  it.prop([squares, strength])('is the row of a chunk without neighbours', ({ size, members }, f) => {
    expect(jointRow(members, size, null, { strength: f, threshold: null })).toEqual(chunkRow(members, size, { strength: f }))
  })
})
