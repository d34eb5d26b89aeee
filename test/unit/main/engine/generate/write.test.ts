import { describe, expect, it } from 'vitest'
import { write } from '../../../../../src/main/engine/generate/write.ts'
import { failureOf } from '../../../../../src/shared/contract/failure.ts'
import { defaultSampling, defaultSuppression } from '../../../../../src/shared/explanation/parameters.ts'
import { collectAll } from '../../../../helpers/collect-all.ts'
import { only, tinyModel, tinyPicture } from '../../../../helpers/tiny-model.ts'

const never = new AbortController().signal
const request = {
  picture: { name: 'p.png', bytes: new Uint8Array() },
  prompt: 'see',
  sampling: { ...defaultSampling, maxNewTokens: 2, temperature: 2 },
  steering: [],
  suppression: defaultSuppression,
}

describe('write', () => {
  it('yields picture, prompt, tokens and completion in this order', async () => {
    const model = tinyModel({ bend: (scores) => scores.map((_, id) => (id === 3 ? 99 : 0)) })
    const { events } = await collectAll(write(model, only(await tinyPicture(model)), request, never))
    expect(events.map(({ kind }) => kind)).toEqual(['image-ready', 'prompt', 'token', 'token', 'completion'])
    expect(events.at(-1)).toMatchObject({ text: ' cat cat', stopped: 'length' })
  })
  it('refuses layers that the model does not have before it reads anything', async () => {
    const layered = { ...request, suppression: { ...defaultSuppression, layers: [0, 2] } }
    const model = tinyModel()
    const refused = await collectAll(write(model, only(null), layered, never)).catch(failureOf)
    expect(refused).toEqual({ code: 'layer-out-of-range', data: { layer: 2, layers: 2 } })
    expect(model.runs).toEqual([])
  })
})
