import { describe, expect, it } from 'vitest'
import { readModelConfig } from '../../../../../src/main/engine/model/model-config.ts'
import { failureFrom, pictureConfig, writeFolder } from './small-model.ts'

async function readConfig(config: unknown, generation?: unknown) {
  return readModelConfig({
    name: 'toy',
    root: await writeFolder({ 'config.json': config, 'generation_config.json': generation }),
  })
}

describe('readModelConfig', () => {
  it('takes what is given and fills in the head sizes', async () => {
    expect(await readConfig(pictureConfig)).toEqual({
      family: 'toy',
      layers: 2,
      heads: 4,
      keyValueHeads: 4,
      headSize: 4,
      hiddenSize: 16,
      vocabularySize: 600,
      maxPositions: 64,
      stopTokens: new Set([0]),
      picture: { imageToken: 1, imageSize: 32, grid: { rows: 2, columns: 3 } },
    })
  })

  it('looks into text_config and vision_config, as LLaVA nests them', async () => {
    const config = await readConfig({
      model_type: 'llava',
      image_token_index: 32000,
      vocab_size: 10,
      vision_config: { image_size: 336, patch_size: 14 },
      text_config: {
        vocab_size: 32064,
        hidden_size: 4096,
        num_hidden_layers: 32,
        num_attention_heads: 32,
        num_key_value_heads: 8,
        head_dim: 64,
        max_position_embeddings: 4096,
        eos_token_id: [2, 7],
      },
    })
    expect(config).toMatchObject({ vocabularySize: 32064, keyValueHeads: 8, headSize: 64, stopTokens: new Set([2, 7]) })
    expect(config.picture).toEqual({ imageToken: 32000, imageSize: 336, grid: { rows: 24, columns: 24 } })
  })

  it('merges patches by the scale factor, as Idefics 3 does', async () => {
    const { image_size: _, image_grid: __, ...text } = pictureConfig
    const config = await readConfig({ ...text, vision_config: { image_size: 512, patch_size: 16 }, scale_factor: 4 })
    expect(config.picture?.grid).toEqual({ rows: 8, columns: 8 })
  })

  it('reads a text model with the names of GPT-J', async () => {
    const config = await readConfig(
      { model_type: 'gptj', n_embd: 16, n_layer: 3, n_head: 2, n_positions: 128, vocab_size: 50 },
      { eos_token_id: 9 },
    )
    expect(config).toMatchObject({ layers: 3, headSize: 8, maxPositions: 128, stopTokens: new Set([9]), picture: null })
  })

  it('lets generation_config.json say where a completion ends', async () => {
    expect((await readConfig(pictureConfig, { eos_token_id: [3, 4] })).stopTokens).toEqual(new Set([3, 4]))
  })

  it.each([
    ['{', 'is not valid JSON'],
    ['null', 'does not hold what it should'],
    ['['.repeat(100), 'is nested deeper than 64 levels'],
    [{ ...pictureConfig, vocab_size: 'many' }, 'has a wrong or missing "vocab_size"'],
    [{ ...pictureConfig, vocab_size: 1e15 }, 'has a wrong or missing "vocab_size"'],
    [{ ...pictureConfig, model_type: undefined }, 'has a wrong or missing "model_type"'],
    [{ ...pictureConfig, num_hidden_layers: undefined }, 'does not say its "num_hidden_layers"'],
    [{ ...pictureConfig, num_attention_heads: 5 }, 'has a "hidden_size" that "num_attention_heads" does not divide'],
    [{ ...pictureConfig, image_size: undefined }, 'does not say its "image_size"'],
    [{ ...pictureConfig, image_grid: undefined }, 'does not say its "image_grid"'],
  ])('refuses %j', async (config, reason) => {
    expect(await failureFrom(readConfig(config))).toEqual({
      code: 'model-invalid',
      data: { model: 'toy', file: 'config.json', reason },
    })
  })

  it('refuses a grid that the patches do not make', async () => {
    const vision = {
      image_size: undefined,
      image_grid: undefined,
      vision_config: { image_size: 64, patch_size: 16 },
      image_seq_length: 17,
    }
    expect(await failureFrom(readConfig({ ...pictureConfig, ...vision }))).toMatchObject({ code: 'model-invalid' })
  })
})
