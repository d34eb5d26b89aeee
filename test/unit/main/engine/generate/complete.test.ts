import { describe, expect, it } from 'vitest'
import { complete } from '../../../../../src/main/engine/generate/complete.ts'
import { failureOf } from '../../../../../src/shared/contract/failure.ts'
import { defaultSampling, defaultSuppression } from '../../../../../src/shared/explanation/parameters.ts'
import { collectAll } from '../../../../helpers/collect-all.ts'
import { tinyModel, tinyPicture } from '../../../../helpers/tiny-model.ts'

const never = new AbortController().signal
const request = {
  target: null as string | null,
  token: null as number | null,
  sampling: defaultSampling,
  suppression: defaultSuppression,
}

async function ask(change: Partial<typeof request>, model = tinyModel(), picture = false) {
  const image = picture ? await tinyPicture(model) : null
  const question = { image, prompt: model.tokenizer.encode('see') }
  return collectAll(complete(model, question, { ...request, ...change }, never))
}

describe('complete', () => {
  it('takes the person’s target verbatim and yields its tokens, then the completion', async () => {
    const { events, result } = await ask({ target: ' cat and dog' })
    expect(events.map(({ kind }) => kind)).toEqual(['token', 'token', 'token', 'completion'])
    expect(events.at(-1)).toEqual({ kind: 'completion', ...result })
    expect(result).toMatchObject({ text: ' cat and dog', stopped: 'given' })
  })
  it('lets the model write where no target is given', async () => {
    const { result } = await ask({ sampling: { ...defaultSampling, maxNewTokens: 2, temperature: 2 } })
    expect(result.stopped).not.toBe('given')
  })
  it('has room for a target only as far as the model reads: picture, prompt and all of the target', async () => {
    const target = ' cat and dog'
    expect((await ask({ target }, tinyModel({ maxPositions: 10 }), true)).result.tokens).toHaveLength(3)
    const refused = await ask({ target }, tinyModel({ maxPositions: 9 }), true).catch(failureOf)
    expect(refused).toEqual({ code: 'target-too-long', data: { tokens: 3, most: 2 } })
  })
  it('refuses an empty completion, and a token that the completion does not have', async () => {
    const silent = tinyModel({ bend: (scores) => scores.map((_, id) => (id === 0 ? 9 : 0)) })
    expect(await ask({}, silent).catch(failureOf)).toMatchObject({ code: 'completion-empty' })
    expect((await ask({ target: ' cat and dog', token: 2 })).result.tokens).toHaveLength(3)
    expect(await ask({ target: ' cat and dog', token: 3 }).catch(failureOf)).toEqual({
      code: 'token-out-of-range',
      data: { token: 3, tokens: 3 },
    })
  })
})
