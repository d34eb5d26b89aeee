import { element } from '../../../shared/values/element.ts'
import type { PixelBox } from '../../../shared/explanation/record.ts'
import type { Filter, PixelRegion, Raster } from './resample.ts'
import { resample } from './resample.ts'

/** How a picture is made ready for the model; read from preprocessor_config.json. Steps that are `null` are left out. */
export interface PreprocessorConfig {
  /** To an exact size, or so that the shorter edge has a length. */
  readonly resize: { readonly to: PixelSize | { readonly shortestEdge: number }; readonly filter: Filter } | null
  /** Cut out of the middle; black is added where the picture is too small. */
  readonly crop: PixelSize | null
  /** Factor on pixel values 0 to 255; usually 1/255. */
  readonly rescale: number
  /** Taken from and divided out of each colour, after rescaling. */
  readonly normalise: { readonly mean: Rgb; readonly deviation: Rgb } | null
}

/** A size in pixels. */
export interface PixelSize {
  readonly width: number
  readonly height: number
}

/** A number for each of red, green and blue. */
export type Rgb = readonly [red: number, green: number, blue: number]

/** A picture as the vision encoder takes it. */
export interface ModelPixels {
  /** `[1, 3, height, width]`. */
  readonly pixels: Float32Array
  readonly shape: readonly [batch: 1, colours: 3, height: number, width: number]
  /** Part of the given picture that the pixels show, in its pixels. It reaches beyond the edges where black was added. */
  readonly seen: PixelBox
}

/** Resizes, crops, rescales and normalises a picture, in this order, to the bit as the Hugging Face image processors do on top of Pillow. */
export function preprocess(picture: Raster, config: PreprocessorConfig): ModelPixels {
  const { size, cut, inside, visible } = resizeAndCrop(picture, config)
  const pixels = toPlanes(visible, { ...cut, left: inside.left - cut.left, top: inside.top - cut.top }, config)
  const across = picture.width / size.width
  const down = picture.height / size.height
  const seen = { left: cut.left * across, top: cut.top * down, width: cut.width * across, height: cut.height * down }
  return { pixels, shape: [1, 3, cut.height, cut.width], seen }
}

/** The picture as the model sees it, before its colours become other numbers: resized and cropped, black where it was too small. */
export function seenPicture(picture: Raster, config: PreprocessorConfig): Raster {
  const { cut, inside, visible } = resizeAndCrop(picture, config)
  const data = new Uint8Array(cut.width * cut.height * 3)
  for (let row = 0; row < visible.height; row++) {
    data.set(rowOf(visible, row), ((row + inside.top - cut.top) * cut.width + inside.left - cut.left) * 3)
  }
  return { width: cut.width, height: cut.height, data }
}

interface Cropped {
  /** The picture's size after resizing. */
  readonly size: PixelSize
  /** The part the model takes; it may reach beyond the picture. */
  readonly cut: PixelRegion
  /** The part of the picture within. */
  readonly inside: PixelRegion
  readonly visible: Raster
}

function resizeAndCrop(picture: Raster, config: PreprocessorConfig): Cropped {
  const size = resizedSize(picture, config)
  const cut = centreCrop(size, config.crop ?? size)
  const inside = overlap(cut, size)
  return { size, cut, inside, visible: resample(picture, size, inside, config.resize?.filter ?? 'nearest') }
}

function resizedSize(picture: Raster, { resize }: PreprocessorConfig): PixelSize {
  if (resize === null) return { width: picture.width, height: picture.height }
  if (!('shortestEdge' in resize.to)) return resize.to
  const edge = resize.to.shortestEdge
  const { width, height } = picture
  return width <= height
    ? { width: edge, height: Math.trunc((edge * height) / width) }
    : { width: Math.trunc((edge * width) / height), height: edge }
}

/** The middle of a picture; odd pixels are left over at the right and bottom, and added at the left and top, as `center_crop` does. */
function centreCrop(size: PixelSize, { width, height }: PixelSize): PixelRegion {
  const middle = (whole: number, part: number) =>
    part <= whole ? Math.floor((whole - part) / 2) : -Math.ceil((part - whole) / 2)
  return { left: middle(size.width, width), top: middle(size.height, height), width, height }
}

function overlap(cut: PixelRegion, size: PixelSize): PixelRegion {
  const left = Math.max(0, cut.left)
  const top = Math.max(0, cut.top)
  return {
    left,
    top,
    width: Math.min(size.width, cut.left + cut.width) - left,
    height: Math.min(size.height, cut.top + cut.height) - top,
  }
}

/** Spreads pixels into planes `[3, height, width]`, `left` and `top` of them black. */
function toPlanes(visible: Raster, { left, top, width, height }: PixelRegion, config: PreprocessorConfig): Float32Array {
  const planes = new Float32Array(3 * width * height)
  for (let colour = 0; colour < 3; colour++) {
    const values = colourValues(config, colour)
    const plane = planes.subarray(colour * width * height, (colour + 1) * width * height).fill(element(values, 0))
    for (let row = 0; row < visible.height; row++) {
      const line = rowOf(visible, row)
      for (let column = 0; column < visible.width; column++) {
        plane[(row + top) * width + column + left] = values[line[3 * column + colour] as number] as number
      }
    }
  }
  return planes
}

/**
 * The pixels of one row, `[width, 3]`.
 * @throws RangeError when the picture has no such row
 */
function rowOf({ width, data }: Raster, row: number): Uint8Array {
  const line = data.subarray(row * width * 3, (row + 1) * width * 3)
  if (line.length < width * 3) throw new RangeError(`there is no row ${row} in a picture of ${data.length} bytes`)
  return line
}

/** What the 256 values of one colour become, rounded to 32-bit floats after each step as NumPy does. */
function colourValues({ rescale, normalise }: PreprocessorConfig, colour: number): Float32Array {
  // Without normalisation nothing is taken away, and a division by 1 changes nothing.
  const mean = normalise === null ? 0 : Math.fround(element(normalise.mean, colour))
  const deviation = normalise === null ? 1 : Math.fround(element(normalise.deviation, colour))
  return Float32Array.from({ length: 256 }, (_, value) => Math.fround(Math.fround(value * rescale) - mean) / deviation)
}
