import { describe, expect, it } from 'vitest'
import { embedSequence } from '../../../../../src/main/engine/sequence/embedded-sequence.ts'
import { tokensOf } from '../../../shared/sequence/tokens.ts'

/** Two numbers per token: its id and a half more. */
const model = { embedTokens: async (ids: readonly number[]) => Float32Array.from(ids.flatMap((id) => [id, id + 0.5])) }
const cells = Float32Array.of(-1, -1.5, -2, -2.5)
const prompt = tokensOf('a', ' b', ' c')
const completion = tokensOf(' x', ' y')

describe('embedSequence', () => {
  it('puts the picture’s embeddings where its grid says, and leaves out the token that is never read', async () => {
    const image = { grid: { rows: 1, columns: 2, start: 1 }, embeddings: cells }
    const { length, embeddings } = await embedSequence(model, image, prompt, completion)
    expect(length).toBe(6)
    expect([...embeddings]).toEqual([0, 0.5, -1, -1.5, -2, -2.5, 1, 1.5, 2, 2.5, 0, 0.5])
  })
  it('begins with the picture where nothing stands before it', async () => {
    const image = { grid: { rows: 1, columns: 2, start: 0 }, embeddings: cells }
    const { embeddings } = await embedSequence(model, image, prompt, [])
    expect([...embeddings]).toEqual([-1, -1.5, -2, -2.5, 0, 0.5, 1, 1.5, 2, 2.5])
  })
  it('asks for no embeddings of a completion of one token', async () => {
    const { length, embeddings } = await embedSequence(model, null, prompt, completion.slice(0, 1))
    expect(length).toBe(3)
    expect([...embeddings]).toEqual([0, 0.5, 1, 1.5, 2, 2.5])
  })
})
