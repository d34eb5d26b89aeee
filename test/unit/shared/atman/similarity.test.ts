import { fc, it } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { cosineSimilarity } from '../../../../src/shared/atman/similarity.ts'

const width = 6
const vector = fc.array(fc.float({ min: -8, max: 8, noNaN: true }), { minLength: width, maxLength: width })
const rows = fc.array(vector, { minLength: 1, maxLength: 8 })
const similarity = (vectors: readonly number[][]) => cosineSimilarity(Float32Array.from(vectors.flat()), vectors.length, width)
const norm = (values: readonly number[]) => Math.hypot(...values)

describe('cosineSimilarity', () => {
  it('is the cosine of the angle between two embeddings', () => {
    expect([...cosineSimilarity(Float32Array.of(2, 0, 3, 3, 0, -5), 3, 2)]).toEqual(
      [1, Math.SQRT1_2, 0, Math.SQRT1_2, 1, -Math.SQRT1_2, 0, -Math.SQRT1_2, 1].map(Math.fround),
    )
  })
  it.prop([rows])('is symmetric and lies in [-1, 1]', (vectors) => {
    const found = similarity(vectors)
    const size = vectors.length
    expect(
      found.every((cosine, place) => Math.abs(cosine) <= 1 && cosine === found[(place % size) * size + Math.floor(place / size)]),
    ).toBe(true)
  })
  it.prop([rows])('is 1 between an embedding and itself, unless it is zero', (vectors) => {
    const found = similarity(vectors)
    vectors.forEach((values, row) => {
      if (norm(values) > 1e-6) expect(found[row * vectors.length + row]).toBe(1)
    })
  })
  it.prop([rows, fc.constantFrom(0.125, 0.5, 2, 64)])('does not depend on the lengths of the embeddings', (vectors, scale) => {
    fc.pre(vectors.every((values) => norm(values) > 1e-6))
    // Numbers too small for a float32's full precision lose some of it when they are scaled down.
    const scaled = similarity(vectors.map((values, row) => (row % 2 === 0 ? values.map((value) => value * scale) : values)))
    similarity(vectors).forEach((cosine, place) => expect(scaled[place]).toBeCloseTo(cosine, 6))
  })
  it('is 0, not NaN, between a zero embedding and any other', () => {
    expect([...cosineSimilarity(Float32Array.of(0, 0, 1, 2), 2, 2)]).toEqual([0, 0, 0, 1])
  })
  it('is exactly 1 between two occurrences of one token, so that κ = 1 finds them', () => {
    const embedding = Array.from({ length: 256 }, (_, place) => Math.sin(place * 1.7))
    expect([...cosineSimilarity(Float32Array.from([...embedding, ...embedding]), 2, 256)]).toEqual([1, 1, 1, 1])
  })
  it.prop([rows, vector])('does not change when embeddings are appended', (vectors, appended) => {
    const size = vectors.length
    const longer = similarity([...vectors, appended])
    similarity(vectors).forEach((cosine, place) => {
      expect(longer[Math.floor(place / size) * (size + 1) + (place % size)]).toBe(cosine)
    })
  })
  it('refuses numbers that are not that many embeddings', () => {
    expect(() => cosineSimilarity(new Float32Array(5), 2, 3)).toThrow('5 numbers are not 2 embeddings of 3')
  })
})
