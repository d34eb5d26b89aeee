import { fc, it } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import type { PreprocessorConfig } from '../../../../../src/main/engine/picture/preprocess.ts'
import { preprocess } from '../../../../../src/main/engine/picture/preprocess.ts'
import { readPreprocessorConfig } from '../../../../../src/main/engine/picture/preprocessor-config.ts'
import { failureFrom, writeFolder } from '../model/small-model.ts'

const plain: PreprocessorConfig = { resize: null, crop: null, rescale: 1, normalise: null }
const square = { width: 4, height: 4 }

function gradient(width: number, height: number) {
  return { width, height, data: Uint8Array.from({ length: width * height * 3 }, (_, index) => (index * 7) % 256) }
}

describe('preprocess', () => {
  it('gives exactly (x/255 - mean)/std of a picture that has the size already', () => {
    const picture = gradient(4, 4)
    const normalise = { mean: [0.5, 0.25, 0.125], deviation: [0.5, 0.25, 2] } as const
    const config = { resize: { to: { shortestEdge: 4 }, filter: 'bicubic' }, crop: square, rescale: 1 / 255, normalise } as const
    const { pixels, shape, seen } = preprocess(picture, config)
    expect(shape).toEqual([1, 3, 4, 4])
    expect(seen).toEqual({ left: 0, top: 0, width: 4, height: 4 })
    for (let colour = 0; colour < 3; colour++) {
      for (let pixel = 0; pixel < 16; pixel++) {
        const exact =
          ((picture.data[pixel * 3 + colour] ?? 0) / 255 - (normalise.mean[colour] ?? 0)) / (normalise.deviation[colour] ?? 1)
        expect(pixels[colour * 16 + pixel]).toBeCloseTo(exact, 6)
      }
    }
  })

  it('resizes the shorter edge, cuts out the middle and says which part that was', () => {
    const config = { ...plain, resize: { to: { shortestEdge: 4 }, filter: 'bilinear' }, crop: square } as const
    expect(preprocess(gradient(30, 8), config).seen).toEqual({ left: 10, top: 0, width: 8, height: 8 })
    expect(preprocess(gradient(8, 30), config).seen).toEqual({ left: 0, top: 10, width: 8, height: 8 })
  })

  it('cuts the longer edge down to whole pixels, and leaves an odd pixel over at the right', () => {
    const { seen } = preprocess(gradient(10, 7), {
      ...plain,
      resize: { to: { shortestEdge: 4 }, filter: 'bicubic' },
      crop: square,
    })
    // 10 * 4 / 7 = 5.7 is cut to 5 columns; one of them is left out.
    expect(seen).toEqual({ left: 0, top: 0, width: 8, height: 7 })
  })

  it('sees all of a picture that is squeezed to an exact size', () => {
    const { seen, shape } = preprocess(gradient(10, 7), { ...plain, resize: { to: { width: 6, height: 4 }, filter: 'bilinear' } })
    expect(seen).toEqual({ left: 0, top: 0, width: 10, height: 7 })
    expect(shape).toEqual([1, 3, 4, 6])
  })

  it('adds black around a picture that is too small, more at the left and top', () => {
    const picture = { width: 1, height: 1, data: Uint8Array.of(9, 9, 9) }
    const { pixels, seen } = preprocess(picture, { ...plain, crop: square })
    expect([...pixels.subarray(0, 16)]).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 9, 0, 0, 0, 0, 0])
    expect(seen).toEqual({ left: -2, top: -2, width: 4, height: 4 })
  })

  it.prop([fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 40 })])(
    'sees a part within the picture, as wide as high',
    (width, height) => {
      const config = { ...plain, resize: { to: { shortestEdge: 4 }, filter: 'bicubic' }, crop: square } as const
      const { seen } = preprocess(gradient(width, height), config)
      expect(Math.min(seen.left, seen.top)).toBeGreaterThanOrEqual(0)
      expect(seen.left + seen.width).toBeLessThanOrEqual(width + 1e-9)
      expect(seen.top + seen.height).toBeLessThanOrEqual(height + 1e-9)
      // Cutting the longer edge to whole pixels stretches it by less than one pixel in four.
      expect(Math.max(seen.width, seen.height) / Math.min(seen.width, seen.height)).toBeLessThan(1.25)
    },
  )
})

describe('readPreprocessorConfig', () => {
  const read = async (file: unknown, size = 32) =>
    readPreprocessorConfig({ name: 'toy', root: await writeFolder({ 'preprocessor_config.json': file }) }, size)

  it('fills in what the processors do by themselves', async () => {
    expect(await read({ feature_extractor_type: 'CLIPFeatureExtractor' }, 224)).toMatchObject({
      resize: { to: { shortestEdge: 224 }, filter: 'bicubic' },
      crop: { width: 224, height: 224 },
      rescale: 1 / 255,
    })
    expect(await read({ image_processor_type: 'ViTImageProcessorFast', size: 32 })).toMatchObject({
      resize: { to: { width: 32, height: 32 }, filter: 'bilinear' },
      crop: null,
      normalise: { mean: [0.5, 0.5, 0.5] },
    })
  })

  it('leaves out the steps that are switched off', async () => {
    const file = {
      image_processor_type: 'CLIPImageProcessor',
      do_resize: false,
      crop_size: 32,
      do_rescale: false,
      do_normalize: false,
    }
    expect(await read(file)).toEqual({ resize: null, crop: square32, rescale: 1, normalise: null })
  })
  const square32 = { width: 32, height: 32 }

  it.each([
    [{}, /^asks for no image processor; Whence knows CLIPImageProcessor/],
    [{ image_processor_type: 'MllamaImageProcessor' }, /^asks for the image processor "MllamaImageProcessor"/],
    [{ image_processor_type: 'constructorImageProcessor' }, /^asks for/],
    [{ image_processor_type: 'SiglipImageProcessor', size: 32, do_pad: true }, /^pads pictures/],
    [{ image_processor_type: 'SiglipImageProcessor', size: 32, do_image_splitting: true }, /^splits pictures/],
    [{ image_processor_type: 'CLIPImageProcessor', do_center_crop: false }, /^does not cut pictures to one size/],
    [{ image_processor_type: 'CLIPImageProcessor', size: { longest_edge: 32 } }, /^has a wrong or missing "size"/],
    [{ image_processor_type: 'CLIPImageProcessor', image_std: [0, 1, 1] }, /^has a wrong or missing "image_std.0"/],
  ])('refuses %j', async (file, reason) => {
    const data: unknown = expect.objectContaining({
      file: 'preprocessor_config.json',
      reason: expect.stringMatching(reason) as unknown,
    })
    expect(await failureFrom(read(file))).toEqual({ code: 'model-invalid', data })
  })
})
