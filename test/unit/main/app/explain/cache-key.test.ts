import { fc, test } from '@fast-check/vitest'
import { describe, expect, it } from 'vitest'
import { cacheKey } from '../../../../../src/main/app/explain/cache-key.ts'
import type { ExplainQuestion } from '../../../../../src/main/app/explain/explain-question.ts'
import { explanationKey } from '../../../../../src/main/app/explain/explain-question.ts'
import { defaultSampling, defaultSuppression } from '../../../../../src/shared/explanation/parameters.ts'

const model = { info: { sha256: 'ab'.repeat(32) }, provider: 'cpu' } as const
const question: ExplainQuestion = {
  picture: 'cd'.repeat(32),
  prompt: 'This is',
  target: null,
  sampling: defaultSampling,
  suppression: defaultSuppression,
  targets: 'completion',
  chunks: null,
}
const key = explanationKey(model, question)

describe('the key of an explanation', () => {
  const changes: readonly Partial<ExplainQuestion>[] = [
    { picture: null },
    { picture: 'ce'.repeat(32) },
    { prompt: 'This is ' },
    { target: '' },
    { target: ' cat' },
    { sampling: { ...defaultSampling, maxNewTokens: 47 } },
    { sampling: { ...defaultSampling, temperature: 0.1 } },
    { sampling: { ...defaultSampling, topK: 1 } },
    { sampling: { ...defaultSampling, topP: 0.9 } },
    { sampling: { ...defaultSampling, seed: 1 } },
    { suppression: { ...defaultSuppression, strength: 0.8 } },
    { suppression: { ...defaultSuppression, threshold: 0.8 } },
    { suppression: { ...defaultSuppression, threshold: null } },
    { suppression: { ...defaultSuppression, threshold: 0 } },
    { suppression: { ...defaultSuppression, variant: 'log' } },
    { suppression: { ...defaultSuppression, layers: [] } },
    { suppression: { ...defaultSuppression, layers: [0, 1] } },
    { suppression: { ...defaultSuppression, layers: [1, 0] } },
    { targets: 'all' },
    { chunks: 'sentence' },
    { chunks: 'paragraph' },
  ]
  it.each(changes)('changes with %j', (change) => {
    expect(explanationKey(model, { ...question, ...change })).not.toBe(key)
  })
  it('covers every parameter: a new one has to be added to the changes above', () => {
    const { picture, prompt, target, sampling, suppression, targets, chunks, ...unknown } = question
    expect(unknown).toEqual({})
    expect(Object.keys({ ...sampling, ...suppression, picture, prompt, target, targets, chunks })).toHaveLength(14)
    expect(new Set(changes.map((change) => explanationKey(model, { ...question, ...change }))).size).toBe(changes.length)
  })
  it('changes with the model and the provider', () => {
    expect(explanationKey({ ...model, info: { sha256: 'ac'.repeat(32) } }, question)).not.toBe(key)
    expect(explanationKey({ ...model, provider: 'cuda' }, question)).not.toBe(key)
  })
  it('is the same for the same question', () => {
    expect(explanationKey(model, structuredClone(question))).toBe(key)
  })
})

const computer = { model: null, provider: null }

describe('cacheKey', () => {
  test.prop([fc.dictionary(fc.string(), fc.jsonValue())])('does not depend on the order of fields', (value) => {
    const reversed = Object.fromEntries(Object.entries(value).reverse())
    expect(cacheKey('kind', computer, reversed)).toBe(cacheKey('kind', computer, value))
  })
  test.prop([fc.jsonValue(), fc.jsonValue()])('tells different questions apart', (one, other) => {
    const same = JSON.stringify(one) === JSON.stringify(other)
    if (!same && !(typeof one === 'object' || typeof other === 'object'))
      expect(cacheKey('k', computer, { one })).not.toBe(cacheKey('k', computer, { one: other }))
  })
  it('tells kinds apart', () => {
    expect(cacheKey('display', computer, {})).not.toBe(cacheKey('thumbnail', computer, {}))
  })
})
