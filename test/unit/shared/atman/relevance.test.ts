import { fc, it } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import type { Alternative } from '../../../../src/shared/atman/relevance.ts'
import { candidateDifference, spanRelevance, standsBefore } from '../../../../src/shared/atman/relevance.ts'
import { position, targetIndex } from '../../../../src/shared/values/brand.ts'
import type { RelevanceMatrix } from '../../../../src/shared/explanation/record.ts'

const nats = fc.integer({ min: -64, max: 64 }).map((value) => value / 16)
const matrices = fc.tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 5 })).chain(([inputs, targets]) =>
  fc
    .record({
      values: fc.array(nats, { minLength: inputs * targets, maxLength: inputs * targets }),
      candidates: fc.array(nats, { minLength: inputs * targets * 5, maxLength: inputs * targets * 5 }),
    })
    .map(({ values, candidates }): RelevanceMatrix => ({
      inputs,
      targets,
      values: Float32Array.from(values),
      candidates: Float32Array.from(candidates),
    })),
)
const every = ({ targets }: RelevanceMatrix) => Array.from({ length: targets }, (_, target) => targetIndex(target))

describe('spanRelevance', () => {
  it.prop([matrices])('of one token is its column, of several the mean', (matrix) => {
    const columns = every(matrix).map((target) => spanRelevance(matrix, [target]))
    const mean = Float32Array.from(
      { length: matrix.inputs },
      (_, input) => columns.reduce((sum, column) => sum + (column[input] ?? 0), 0) / columns.length,
    )
    expect(spanRelevance(matrix, every(matrix))).toEqual(mean)
    expect(columns.map((column) => column[0])).toEqual([...matrix.values.slice(0, matrix.targets)])
  })
  it.prop([matrices])('is linear in the relevance', (matrix) => {
    const double = { ...matrix, values: matrix.values.map((value) => 2 * value) }
    expect(spanRelevance(double, every(matrix))).toEqual(spanRelevance(matrix, every(matrix)).map((value) => 2 * value))
  })
  it.prop([matrices])('of no token is 0', (matrix) => {
    expect(spanRelevance(matrix, [])).toEqual(new Float32Array(matrix.inputs))
  })
})

describe('candidateDifference', () => {
  const alternative = fc.constantFrom<Alternative>('target', 0, 1, 2, 3, 4)

  it.prop([matrices, alternative, alternative])('turns its sign when X and Y change places', (matrix, one, other) => {
    const target = targetIndex(matrix.targets - 1)
    const turned = candidateDifference(matrix, target, other, one).map((value) => 0 - value)
    expect(candidateDifference(matrix, target, one, other)).toEqual(turned)
  })
  it('takes the numbers of the asked target', () => {
    const candidates = Float32Array.from({ length: 20 }, (_, place) => place)
    const matrix = { inputs: 2, targets: 2, values: Float32Array.of(1, 2, 3, 4), candidates }
    expect([...candidateDifference(matrix, targetIndex(1), 'target', 2)]).toEqual([2 - 7, 4 - 17])
  })
  it('is NaN where a target has no such candidate', () => {
    const matrix = { inputs: 1, targets: 1, values: Float32Array.of(1), candidates: Float32Array.of(1, 2, NaN, NaN, NaN) }
    expect([...candidateDifference(matrix, targetIndex(0), 'target', 3)]).toEqual([NaN])
  })
})

describe('standsBefore', () => {
  it('shows an input only when it stands wholly before the target', () => {
    const target = position(151)
    expect(standsBefore({ members: [position(150)] }, target)).toBe(true)
    expect(standsBefore({ members: [position(151)] }, target)).toBe(false)
    expect(standsBefore({ members: [position(150), position(151)] }, target)).toBe(false)
  })
})
