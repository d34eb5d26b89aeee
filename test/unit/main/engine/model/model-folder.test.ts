import { mkdir, symlink, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openModelFolder } from '../../../../../src/main/engine/model/model-folder.ts'
import { listModels } from '../../../../../src/main/engine/model/model-list.ts'
import { failureFrom, pictureConfig, pictureModel, temporaryFolder, writeFolder } from './small-model.ts'

const embedded = join(import.meta.dirname, '../../../../../models/whence-scenes')
const textConfig = { ...pictureConfig, image_token_id: undefined, image_size: undefined, image_grid: undefined }
const textModel = {
  ...pictureModel,
  'config.json': textConfig,
  'preprocessor_config.json': undefined,
  'onnx/vision_encoder.onnx': undefined,
}

describe('openModelFolder', () => {
  it('opens the embedded model', async () => {
    const folder = await openModelFolder(embedded)
    expect(await folder.info()).toMatchObject({
      name: 'whence-scenes',
      sha256: await folder.sha256(),
      precision: 'f32',
      grid: { rows: 12, columns: 12 },
      imageSize: 192,
      layers: 4,
      hiddenSize: 256,
    })
    expect(folder.files.decoder).toBe(join(embedded, 'onnx/decoder_model_merged.onnx'))
  })

  it('knows what the first sentence of the card says', async () => {
    const folder = await openModelFolder(
      await writeFolder({ ...pictureModel, 'README.md': '# Toy\n\nKnows two toys. And more.' }),
    )
    expect(folder.knows).toBe('Knows two toys.')
  })

  it('opens a text-only model, which has neither vision encoder nor preprocessor', async () => {
    const folder = await openModelFolder(await writeFolder(textModel), 'text')
    expect(folder).toMatchObject({ name: 'text', preprocessor: null, files: { visionEncoder: null }, config: { picture: null } })
    expect(await folder.info()).toMatchObject({ grid: null, imageSize: null })
  })

  it('takes the most exact graphs there are and reports the precision of the decoder', async () => {
    const graphs = {
      'onnx/decoder_model_merged.onnx': undefined,
      'onnx/decoder_model_merged_q4.onnx': '',
      'onnx/decoder_model_merged_fp16.onnx': '',
    }
    const folder = await openModelFolder(await writeFolder({ ...pictureModel, ...graphs }))
    expect([folder.precision, basename(folder.files.decoder)]).toEqual(['fp16', 'decoder_model_merged_fp16.onnx'])
    expect(basename(folder.files.embedTokens)).toBe('embed_tokens.onnx')
  })

  it('says that there is no such model', async () => {
    const file = join(await writeFolder({ a: 'x' }), 'a')
    expect(await failureFrom(openModelFolder('/nowhere/at/all'))).toEqual({ code: 'model-missing', data: { name: 'all' } })
    expect(await failureFrom(openModelFolder(file))).toEqual({ code: 'model-missing', data: { name: 'a' } })
  })

  it.each([
    'config.json',
    'preprocessor_config.json',
    'onnx/vision_encoder.onnx',
    'onnx/embed_tokens.onnx',
    'onnx/decoder_model_merged.onnx',
  ])('names %s when it is missing', async (file) => {
    const folder = await writeFolder({ ...pictureModel, [file]: undefined })
    expect(await failureFrom(openModelFolder(folder, 'toy'))).toEqual({
      code: 'model-file-missing',
      data: { model: 'toy', file },
    })
  })

  it('refuses a picture size that graph and preprocessor do not share', async () => {
    const folder = await writeFolder({ ...pictureModel, 'config.json': { ...pictureConfig, image_size: 64 } })
    expect(await failureFrom(openModelFolder(folder))).toMatchObject({
      code: 'model-invalid',
      data: { reason: 'makes pictures of 32x32 pixels, but config.json says 64x64' },
    })
  })

  it('refuses links that lead out of the folder, and takes those that stay within', async () => {
    const outside = join(await writeFolder({ 'config.json': pictureConfig }), 'config.json')
    const folder = await writeFolder({ ...pictureModel, 'config.json': undefined, 'inner.json': pictureConfig })
    await symlink('inner.json', join(folder, 'config.json'))
    expect((await openModelFolder(folder)).config.family).toBe('toy')
    const bad = await writeFolder({ ...pictureModel, 'config.json': undefined })
    await symlink(outside, join(bad, 'config.json'))
    expect(await failureFrom(openModelFolder(bad))).toMatchObject({ code: 'model-unsafe', data: { file: 'config.json' } })
  })

  it('refuses a folder where a file should be', async () => {
    const folder = await writeFolder({ ...pictureModel, 'config.json': undefined })
    await mkdir(join(folder, 'config.json'))
    expect(await failureFrom(openModelFolder(folder))).toMatchObject({
      code: 'model-unsafe',
      data: { reason: 'is no regular file' },
    })
  })
})

describe('listModels', () => {
  it('lists the models below the folders by name, usable or not, and nothing else', async () => {
    const root = await temporaryFolder()
    await symlink(await writeFolder(pictureModel), join(root, 'good'))
    await symlink(await writeFolder({ 'config.json': '{' }), join(root, 'bad'))
    await mkdir(join(root, 'other'))
    await writeFile(join(root, 'config.json'), '{}')
    const models = await listModels([root, join(root, 'nowhere')])
    expect(models).toMatchObject([
      { kind: 'unusable', name: 'bad', failure: { code: 'model-invalid' } },
      { kind: 'usable', path: join(root, 'good'), summary: { name: 'good', family: 'toy' } },
    ])
  })
})
