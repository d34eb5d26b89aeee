import { describe, expect, it } from 'vitest'
import type { ExplanationParts } from '../../../../../src/main/engine/explain/compose-explanation.ts'
import { composeExplanation } from '../../../../../src/main/engine/explain/compose-explanation.ts'
import type { ExplainRequest } from '../../../../../src/main/engine/engine.ts'
import { defaultSampling, defaultSuppression } from '../../../../../src/shared/explanation/parameters.ts'
import { tinyModel, tinyPicture } from '../../../../helpers/tiny-model.ts'

const request: ExplainRequest = {
  picture: null,
  prompt: 'see a',
  target: null,
  token: null,
  sampling: defaultSampling,
  suppression: defaultSuppression,
  inputs: 'text',
  targets: 'all',
  chunks: 'sentence',
  coarse: true,
}
const parts: ExplanationParts = {
  image: null,
  prompt: [],
  completion: { text: ' cat', tokens: [], stopped: 'length' },
  inputs: [],
  targets: [],
  relevance: { inputs: 0, targets: 0, values: new Float32Array(0), candidates: new Float32Array(0) },
  passes: 7,
  bank: null,
  stages: { image: 1, generate: 2, sweep: 3 },
}

describe('composeExplanation', () => {
  it('says what was asked, what answered, and where the time went', () => {
    const explanation = composeExplanation(tinyModel(), request, parts)
    expect(explanation).toMatchObject({
      model: { name: 'tiny', sha256: 'model', family: 'magma', precision: 'f32' },
      provider: 'cpu',
      parameters: { inputs: 'text', targets: 'all', chunks: 'sentence' },
      picture: null,
      grid: null,
      prompt: { text: 'see a' },
      completion: { text: ' cat', given: false },
    })
    expect(explanation.timings).toEqual({ loadMs: 12, imageMs: 1, generateMs: 2, sweepMs: 3, passes: 7, bank: 'none' })
  })
  it('knows a given completion, and the bank as it was', () => {
    const given = { ...parts, completion: { ...parts.completion, stopped: 'given' as const } }
    expect(composeExplanation(tinyModel(), request, given).completion.given).toBe(true)
    const bankOf = (ready: boolean) =>
      composeExplanation(tinyModel(), request, { ...parts, bank: { chunks: [], ready } }).timings.bank
    expect([bankOf(true), bankOf(false)]).toEqual(['warm', 'cold'])
  })
  it('keeps where the picture lies', async () => {
    const model = tinyModel()
    const image = await tinyPicture(model, 'cats')
    expect(composeExplanation(model, request, { ...parts, image })).toMatchObject({
      picture: { sha256: 'cats' },
      grid: { rows: 2, columns: 3, start: 0 },
    })
  })
})
