import { z } from 'zod'
import { element } from '../../../shared/values/element.ts'
import type { ModelPlace } from '../model/model-file.ts'
import { invalid, readModelSchema } from '../model/model-file.ts'
import type { PixelSize, PreprocessorConfig, Rgb } from './preprocess.ts'
import type { Filter } from './resample.ts'

const fileName = 'preprocessor_config.json'

const edge = z.int().min(1).max(4096)
const rgb = z.tuple([z.number(), z.number(), z.number()])
const positive = z.number().positive()
const sizeShape = z.union([edge, z.object({ height: edge, width: edge }), z.object({ shortest_edge: edge })])

const configFile = z.object({
  image_processor_type: z.string().optional(),
  feature_extractor_type: z.string().optional(),
  do_resize: z.boolean().optional(),
  size: sizeShape.optional(),
  resample: z.int().min(0).max(5).optional(),
  do_center_crop: z.boolean().optional(),
  crop_size: z.union([edge, z.object({ height: edge, width: edge })]).optional(),
  do_rescale: z.boolean().optional(),
  rescale_factor: positive.optional(),
  do_normalize: z.boolean().optional(),
  image_mean: rgb.optional(),
  image_std: z.tuple([positive, positive, positive]).optional(),
  do_pad: z.boolean().nullish(),
  do_image_splitting: z.boolean().nullish(),
})
type ConfigFile = z.infer<typeof configFile>

/** What an image processor does when its configuration does not say. */
interface Defaults {
  readonly size: number
  /** Whether a size given as one number means a square (else the shorter edge). */
  readonly square: boolean
  readonly resample: number
  readonly crop: boolean
  readonly mean: Rgb
  readonly deviation: Rgb
}

const half: Rgb = [0.5, 0.5, 0.5]
const clip = { mean: [0.48145466, 0.4578275, 0.40821073], deviation: [0.26862954, 0.26130258, 0.27577711] } as const

/** The Hugging Face image processors that only resize, crop, rescale and normalise. */
const processors: Readonly<Record<string, Defaults>> = {
  CLIP: { size: 224, square: false, resample: 3, crop: true, ...clip },
  Siglip: { size: 224, square: true, resample: 3, crop: false, mean: half, deviation: half },
  ViT: { size: 224, square: true, resample: 2, crop: false, mean: half, deviation: half },
  Blip: { size: 384, square: true, resample: 3, crop: false, ...clip },
}

/** From 8 bits to [0, 1], as every processor does where the file does not say. */
const defaultRescale = 1 / 255

/** Pillow's numbers for its filters. */
const filterNumbers: readonly Filter[] = ['nearest', 'lanczos', 'bilinear', 'bicubic', 'box', 'hamming']

/**
 * Reads preprocessor_config.json, of the CLIP, SigLIP, ViT or BLIP kind.
 * @param imageSize edge of the square that the model takes, in pixels
 * @throws `model-file-missing`, or `model-invalid` for another kind, or when the result would not be that square
 */
export async function readPreprocessorConfig(place: ModelPlace, imageSize: number): Promise<PreprocessorConfig> {
  const file = await readModelSchema(place, fileName, configFile)
  const config = toConfig(place, file)
  const size = config.crop ?? config.resize?.to
  if (size === undefined || 'shortestEdge' in size) return invalid(place, fileName, 'does not cut pictures to one size')
  if (size.width !== imageSize || size.height !== imageSize) {
    return invalid(
      place,
      fileName,
      `makes pictures of ${size.width}x${size.height} pixels, but config.json says ${imageSize}x${imageSize}`,
    )
  }
  return config
}

function toConfig(place: ModelPlace, file: ConfigFile): PreprocessorConfig {
  const defaults = defaultsOf(place, file)
  if (file.do_pad === true) invalid(place, fileName, 'pads pictures, which Whence does not do')
  if (file.do_image_splitting === true) invalid(place, fileName, 'splits pictures into tiles, which Whence does not do')
  const filter = element(filterNumbers, file.resample ?? defaults.resample)
  const normalise = { mean: file.image_mean ?? defaults.mean, deviation: file.image_std ?? defaults.deviation }
  return {
    resize: (file.do_resize ?? true) ? { to: resizeTarget(file.size ?? defaults.size, defaults), filter } : null,
    crop: (file.do_center_crop ?? defaults.crop) ? squareOf(file.crop_size ?? defaults.size) : null,
    rescale: (file.do_rescale ?? true) ? (file.rescale_factor ?? defaultRescale) : 1,
    normalise: (file.do_normalize ?? true) ? normalise : null,
  }
}

function defaultsOf(place: ModelPlace, file: ConfigFile): Defaults {
  const type = file.image_processor_type ?? file.feature_extractor_type
  const family = type === undefined ? undefined : /^(\w+?)(ImageProcessor(Fast)?|FeatureExtractor)$/.exec(type)?.[1]
  const defaults = family !== undefined && Object.hasOwn(processors, family) ? processors[family] : undefined
  const known = Object.keys(processors).map((name) => `${name}ImageProcessor`)
  return defaults ?? invalid(place, fileName, `asks for ${describe(type)}; Whence knows ${known.join(', ')}`)
}

function describe(type: string | undefined): string {
  return type === undefined ? 'no image processor' : `the image processor "${type.slice(0, 80)}"`
}

function resizeTarget(size: NonNullable<ConfigFile['size']>, { square }: Defaults): PixelSize | { shortestEdge: number } {
  if (typeof size === 'number') return square ? squareOf(size) : { shortestEdge: size }
  return 'shortest_edge' in size ? { shortestEdge: size.shortest_edge } : size
}

function squareOf(size: number | PixelSize): PixelSize {
  return typeof size === 'number' ? { width: size, height: size } : size
}
