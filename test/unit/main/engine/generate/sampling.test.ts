import { fc, it } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { seededRandom } from '../../../../../src/shared/values/seeded-random.ts'
import { chooseToken } from '../../../../../src/main/engine/generate/sampling.ts'

const logits = fc
  .array(fc.integer({ min: -30, max: 30 }), { minLength: 1, maxLength: 50 })
  .map((scores) => Float32Array.from(scores))
const greedy = { temperature: 0, topK: 0, topP: 1 }
const free = { temperature: 1, topK: 0, topP: 1 }
const neverAsked = () => {
  throw new Error('greedy choice needs no chance')
}
/** Logits of given probabilities. */
const of = (...probabilities: number[]) => Float32Array.from(probabilities, Math.log)
/** How often each id comes up, in parts of one. */
function shares(scores: Float32Array, choice: typeof free): number[] {
  const random = seededRandom(3)
  const counts = Array.from(scores, () => 0)
  for (let draw = 0; draw < 4000; draw++) {
    const { id } = chooseToken(scores, choice, random)
    counts[id] = (counts[id] ?? 0) + 1 / 4000
  }
  return counts
}

function expectShares(actual: readonly number[], expected: readonly number[]) {
  expected.forEach((share, id) => {
    if (share === 0) expect(actual[id]).toBe(0)
    else expect(Math.abs((actual[id] ?? 0) - share)).toBeLessThan(0.03)
  })
}

describe('chooseToken', () => {
  it('takes the most probable token at temperature 0, the lower id of two', () => {
    expect(chooseToken(Float32Array.of(1, 3, 3, 2), greedy, neverAsked).id).toBe(1)
  })

  it.prop([logits, fc.nat(), fc.double({ min: 0.1, max: 3, noNaN: true })])(
    'reports the log-probability of the unchanged distribution',
    (scores, seed, temperature) => {
      const { id, logprob } = chooseToken(scores, { temperature, topK: 3, topP: 0.9 }, seededRandom(seed))
      const mass = scores.reduce((sum, score) => sum + Math.exp(score - (scores[id] ?? 0)), 0)
      expect(logprob).toBeCloseTo(-Math.log(mass), 6)
    },
  )

  it.prop([logits, fc.nat()])('is greedy when top-k is 1, top-p next to nothing or the temperature so', (scores, seed) => {
    const best = chooseToken(scores, greedy, neverAsked)
    expect(chooseToken(scores, { ...free, topK: 1 }, seededRandom(seed))).toEqual(best)
    expect(chooseToken(scores, { ...free, topP: 1e-9 }, seededRandom(seed))).toEqual(best)
    const cold = chooseToken(scores, { ...free, temperature: 1e-3 }, seededRandom(seed))
    expect(scores[cold.id]).toBe(scores[best.id])
  })

  it('draws from the distribution, which temperature flattens or sharpens', () => {
    expectShares(shares(of(0.5, 0.3, 0.2), free), [0.5, 0.3, 0.2])
    expectShares(shares(of(0.8, 0.2), { ...free, temperature: 2 }), [2 / 3, 1 / 3])
  })

  it('keeps the k best, the lower ids of equal ones', () => {
    expectShares(shares(of(0.2, 0.4, 0.2, 0.2), { ...free, topK: 2 }), [1 / 3, 2 / 3, 0, 0])
  })

  it('keeps the smallest set that reaches top-p', () => {
    expectShares(shares(of(0.2, 0.5, 0.3), { ...free, topP: 0.49 }), [0, 1, 0])
    expectShares(shares(of(0.2, 0.5, 0.3), { ...free, topP: 0.51 }), [0, 0.625, 0.375])
  })

  it('applies temperature before top-k, and top-k before top-p', () => {
    // After temperature 1/2 the first two have 0.64 and 0.36 among them, so 0.6 is reached by the first alone.
    expectShares(shares(of(0.4, 0.3, 0.3), { temperature: 0.5, topK: 2, topP: 0.6 }), [1, 0, 0])
    // In another order it would be 0.57 and two tokens.
    expectShares(shares(of(0.4, 0.3, 0.3), { temperature: 1, topK: 2, topP: 0.6 }), [4 / 7, 3 / 7, 0])
  })

  it('counts a set that reaches top-p exactly as reaching it', () => {
    // Scores whose weights are exactly 1 and 1: half of the mass is the first alone.
    expect(chooseToken(Float32Array.of(2, 2), { ...free, topP: 0.5 }, () => 0.999).id).toBe(0)
    expect(chooseToken(Float32Array.of(2, 2), { ...free, topP: 0.5000001 }, () => 0.999).id).toBe(1)
  })

  it('keeps all for a top-k of 0 and for one as large as the vocabulary', () => {
    for (const topK of [0, 3, 9]) expect(chooseToken(Float32Array.of(1, 1, 1), { ...free, topK }, () => 0.99).id).toBe(2)
    expect(chooseToken(Float32Array.of(1, 1, 1), { ...free, topK: 2 }, () => 0.99).id).toBe(1)
  })

  it('gives each token its own half-open part of [0, 1), the best one first', () => {
    const draw = (chance: number) => chooseToken(Float32Array.of(5, 7, 5, 7), { ...free, topK: 2 }, () => chance).id
    expect([0, 0.49, 0.5, 0.999].map(draw)).toEqual([1, 1, 3, 3])
  })

  it('takes the last token where rounding leaves a chance over', () => {
    expect(chooseToken(of(0.5, 0.3, 0.2), free, () => 1).id).toBe(2)
  })
})
