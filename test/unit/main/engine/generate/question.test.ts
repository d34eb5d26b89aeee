import { describe, expect, it } from 'vitest'
import { questionLength, readQuestion } from '../../../../../src/main/engine/generate/question.ts'
import { failureOf } from '../../../../../src/shared/contract/failure.ts'
import { only, tinyModel, tinyPicture } from '../../../../helpers/tiny-model.ts'
import { collectAll } from '../../../../helpers/collect-all.ts'

const never = new AbortController().signal
const source = { name: 'p.png', bytes: new Uint8Array() }

describe('readQuestion', () => {
  it('yields the picture, then the prompt, and gives both', async () => {
    const model = tinyModel()
    const image = await tinyPicture(model)
    const { events, result } = await collectAll(readQuestion(model, only(image), { picture: source, prompt: 'see a' }, never))
    expect(events).toEqual([
      { kind: 'image-ready', grid: image.grid, picture: image.provenance },
      { kind: 'prompt', tokens: result.prompt },
    ])
    expect(result.image).toBe(image)
    expect(result.prompt.map(({ text }) => text)).toEqual(['see', ' a'])
    expect(questionLength(result)).toBe(8)
  })
  it('has no picture where none was given', async () => {
    const { events, result } = await collectAll(readQuestion(tinyModel(), only(null), { picture: null, prompt: 'see' }, never))
    expect(events.map(({ kind }) => kind)).toEqual(['prompt'])
    expect(questionLength(result)).toBe(1)
  })
  it('leaves room for the picture and one token more', async () => {
    const model = tinyModel({ maxPositions: 9 })
    const image = await tinyPicture(model)
    const ask = (prompt: string) => collectAll(readQuestion(model, only(image), { picture: source, prompt }, never))
    expect((await ask('see a')).result.prompt).toHaveLength(2)
    const refused = await ask('see a cat').catch(failureOf)
    expect(refused).toEqual({ code: 'prompt-too-long', data: { tokens: 3, most: 2, picture: 6 } })
  })
})
