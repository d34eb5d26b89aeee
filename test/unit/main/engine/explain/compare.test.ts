import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openEngine } from '../../../../../src/main/engine/local-engine.ts'
import type { Engine } from '../../../../../src/main/engine/engine.ts'
import { tokenId } from '../../../../../src/shared/values/brand.ts'
import { defaultSampling, defaultSuppression } from '../../../../../src/shared/explanation/parameters.ts'
import { explanationOf } from '../../../../helpers/explanation-of.ts'
import { samplePicture } from '../../../../helpers/samples.ts'
import { embeddedModel, testOptions } from '../../../../helpers/test-model.ts'

describe('similarity', () => {
  let engine: Engine
  beforeAll(async () => {
    engine = openEngine(testOptions)
    await engine.load(embeddedModel)
  })
  afterAll(() => engine.close())
  const never = new AbortController().signal
  const prompt = 'This is a picture of'

  it('compares as many positions as a sweep of the same sequence suppresses', async () => {
    const picture = samplePicture('cats')
    const request = {
      picture,
      prompt,
      target: ' a cat',
      token: null,
      sampling: defaultSampling,
      suppression: defaultSuppression,
      inputs: 'text',
      targets: 'completion',
      chunks: null,
      coarse: false,
    } as const
    const { completion, inputs } = await explanationOf(engine, request)
    const { length, cosines } = await engine.similarity(
      { picture, prompt, completion: completion.tokens.map(({ id }) => id) },
      never,
    )
    expect(length).toBe(Math.max(...inputs.flatMap(({ members }) => members)) + 1)
    expect(cosines).toHaveLength(length ** 2)
    for (let row = 0; row < length; row++) expect(cosines[row * length + row]).toBeCloseTo(1, 6)
    for (let row = 0; row < length; row++) expect(cosines[row * length + 3]).toBe(cosines[3 * length + row])
  })

  it('finds a word most like itself elsewhere', async () => {
    const { length, cosines } = await engine.similarity({ picture: null, prompt: 'a cat a cat', completion: [tokenId(0)] }, never)
    expect(length).toBe(4)
    expect(cosines[1 * length + 3]).toBeCloseTo(1, 6)
    expect(cosines[0 * length + 1]).toBeLessThan(0.99)
  })
})
