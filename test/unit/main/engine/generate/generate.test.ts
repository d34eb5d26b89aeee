import { describe, expect, it } from 'vitest'
import type { Continuation } from '../../../../../src/main/engine/generate/generate.ts'
import { generate } from '../../../../../src/main/engine/generate/generate.ts'
import { failureOf } from '../../../../../src/shared/contract/failure.ts'
import { defaultSampling, defaultSuppression } from '../../../../../src/shared/explanation/parameters.ts'
import { logSoftmax } from '../../../../../src/shared/atman/log-softmax.ts'
import { element, lastElement } from '../../../../../src/shared/values/element.ts'
import { collectAll } from '../../../../helpers/collect-all.ts'
import type { TinyModel, TinyOptions } from '../../../../helpers/tiny-model.ts'
import { tinyModel, tinyPicture, vocabulary } from '../../../../helpers/tiny-model.ts'

const never = new AbortController().signal

/** A model that says these words, each by a score of 9, from the first position after `read` positions on. */
const saying = (read: number, ...words: readonly string[]): TinyOptions => ({
  bend: (scores, position) => scores.map((_, id) => (vocabulary[id] === (words[position - read + 1] ?? '<stop>') ? 9 : id / 10)),
})

async function ask(model: TinyModel, change: Partial<Continuation> = {}, signal = never) {
  const work: Continuation = {
    image: null,
    prompt: model.tokenizer.encode('see a'),
    sampling: { ...defaultSampling, maxNewTokens: 5 },
    steering: [],
    suppression: defaultSuppression,
    ...change,
  }
  return collectAll(generate(model, work, signal))
}

describe('generate', () => {
  it('writes until the stop token, which is no part of the completion', async () => {
    const { events, result } = await ask(tinyModel(saying(2, ' cat', ' and', ' dog')))
    expect(result).toMatchObject({ text: ' cat and dog', stopped: 'stop-token' })
    expect(result.tokens.map(({ span }) => span)).toEqual([
      { start: 0, end: 4 },
      { start: 4, end: 8 },
      { start: 8, end: 12 },
    ])
    expect(events).toEqual(result.tokens.map((token) => ({ kind: 'token', token })))
  })
  it('gives each token its log-probability and the five best there', async () => {
    const { result } = await ask(tinyModel(saying(2, ' cat')))
    const [cat] = result.tokens
    const logprobs = logSoftmax(Float32Array.from(vocabulary, (word, id) => (word === ' cat' ? 9 : id / 10)))
    expect(cat?.logprob).toBeCloseTo(element(logprobs, 3), 6)
    expect(cat?.candidates.map(({ text }) => text)).toEqual([' cat', '.', ' and', ' red', ' dog'])
    expect(cat?.candidates[1]?.logprob).toBeCloseTo(element(logprobs, 7), 6)
  })
  it('writes at most as many tokens as asked for, and runs no step for the one after', async () => {
    const model = tinyModel(saying(2, ' cat', ' and', ' dog'))
    const { result } = await ask(model, { sampling: { ...defaultSampling, maxNewTokens: 2 } })
    expect(result).toMatchObject({ text: ' cat and', stopped: 'length' })
    expect(model.runs).toHaveLength(2)
  })
  it('stops where the model has no more positions', async () => {
    const { result } = await ask(tinyModel({ ...saying(2, ' cat', ' and', ' dog', '.'), maxPositions: 4 }))
    expect(result).toMatchObject({ text: ' cat and', stopped: 'length' })
  })
  it('goes on from the picture’s own keys and values, and each step reads one token', async () => {
    const model = tinyModel()
    const image = await tinyPicture(model)
    const before = model.runs.length
    await ask(model, { image, sampling: { ...defaultSampling, maxNewTokens: 3 } })
    const steps = model.runs.slice(before)
    expect(steps[0]?.past).toBe(image.keyValues)
    expect(steps.map(({ embeddings, past }) => [past.positions, embeddings.length / 4]).slice(0, 2)).toEqual([
      [6, 2],
      [8, 1],
    ])
  })
  it('says the same with words before the picture as a single pass over everything does', async () => {
    const model = tinyModel({ grid: { rows: 2, columns: 3, start: 1 } })
    const image = await tinyPicture(model)
    const { result } = await ask(model, { image, sampling: { ...defaultSampling, maxNewTokens: 1 } })
    const first = lastElement(model.runs)
    expect([first.past.positions, first.embeddings.length / 4]).toEqual([0, 8])
    expect([...first.embeddings.subarray(4, 28)]).toEqual([...image.embeddings])
    expect(result.tokens).toHaveLength(1)
  })
  it('runs the picture again where positions are steered, with factors over everything read', async () => {
    const model = tinyModel()
    const image = await tinyPicture(model)
    const before = model.runs.length
    const steering = [{ positions: [0, 7], factor: 0.25 }]
    await ask(model, { image, steering, sampling: { ...defaultSampling, maxNewTokens: 2 } })
    const [first, second] = model.runs.slice(before)
    expect(first?.past.positions).toBe(0)
    expect([...(first?.factors ?? [])]).toEqual([0.25, 1, 1, 1, 1, 1, 1, 0.25])
    expect(second?.factors).toHaveLength(9)
  })
  it('uses the variant and the layers it is given', async () => {
    const model = tinyModel()
    await ask(model, { suppression: { ...defaultSuppression, variant: 'log', layers: [1] } })
    expect(model.runs[0]).toMatchObject({ variant: 'log', layers: [1], factors: null })
  })
  it('draws by its seed', async () => {
    const sampled = (seed: number) =>
      ask(tinyModel(), { sampling: { ...defaultSampling, temperature: 3, maxNewTokens: 12, seed } })
    expect((await sampled(1)).result.text).toBe((await sampled(1)).result.text)
    const texts = new Set(await Promise.all([1, 2, 3, 4].map(async (seed) => (await sampled(seed)).result.text)))
    expect(texts.size).toBeGreaterThan(1)
  })
  it('ends when it is cancelled, and when the model’s numbers are not finite', async () => {
    const controller = new AbortController()
    controller.abort()
    expect(await ask(tinyModel(), {}, controller.signal).catch(failureOf)).toMatchObject({ code: 'cancelled' })
    const broken = tinyModel({ bend: (scores) => scores.fill(Number.NaN, 3, 4) })
    expect(await ask(broken).catch(failureOf)).toEqual({ code: 'model-not-finite', data: { model: 'tiny' } })
  })
})
