import { describe, expect, it } from 'vitest'
import { scoreGiven } from '../../../../../src/main/engine/generate/given-completion.ts'
import { generate } from '../../../../../src/main/engine/generate/generate.ts'
import { lastOf } from '../../../../../src/main/engine/explain/last-of.ts'
import { failureOf } from '../../../../../src/shared/contract/failure.ts'
import { defaultSampling, defaultSuppression } from '../../../../../src/shared/explanation/parameters.ts'
import { tinyGrid, tinyModel, tinyPicture } from '../../../../helpers/tiny-model.ts'

const never = new AbortController().signal

describe('scoreGiven', () => {
  it.each([0, 1, 2])('scores what the model wrote as it did while writing, with the picture at %d', async (start) => {
    const model = tinyModel({ grid: { ...tinyGrid, start }, bend: (scores) => scores.fill(-9, 0, 1) })
    const image = await tinyPicture(model)
    const prompt = model.tokenizer.encode('see a')
    const sampling = { ...defaultSampling, maxNewTokens: 4, temperature: 2, seed: 5 }
    const work = { image, prompt, sampling, steering: [], suppression: defaultSuppression }
    const { tokens } = await lastOf(generate(model, work, never))
    const before = model.runs.length
    const scored = await scoreGiven(model, { image, prompt }, tokens)
    expect(model.runs.slice(before)).toHaveLength(1)
    expect(tokens.length).toBeGreaterThan(1)
    scored.forEach((token, index) => {
      expect(token.text).toBe(tokens[index]?.text)
      expect(token.logprob).toBeCloseTo(tokens[index]?.logprob ?? Number.NaN, 5)
      expect(token.candidates.map(({ id }) => id)).toEqual(tokens[index]?.candidates.map(({ id }) => id))
    })
  })
  it('runs the unchanged model, whose numbers must be finite', async () => {
    const model = tinyModel()
    const prompt = model.tokenizer.encode('see')
    await scoreGiven(model, { image: null, prompt }, model.tokenizer.encode(' cat.'))
    expect(model.runs[0]).toMatchObject({ variant: 'shifted', factors: null, targets: [0, 1] })
    const broken = tinyModel({ bend: (scores) => scores.fill(Number.POSITIVE_INFINITY) })
    const refused = await scoreGiven(broken, { image: null, prompt }, prompt).catch(failureOf)
    expect(refused).toEqual({ code: 'model-not-finite', data: { model: 'tiny' } })
  })
})
