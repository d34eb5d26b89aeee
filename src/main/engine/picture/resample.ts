import { element } from '../../../shared/values/element.ts'

/** Colour pixels, 8 bits for each of red, green and blue, row by row: `[height, width, 3]`. */
export interface Raster {
  readonly width: number
  readonly height: number
  readonly data: Uint8Array
}

/** A box of whole pixels. */
export interface PixelRegion {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
}

/** Filters of Pillow's `resize`, by name. */
export const filters = ['nearest', 'lanczos', 'bilinear', 'bicubic', 'box', 'hamming'] as const
/** One of {@link filters}. */
export type Filter = (typeof filters)[number]

/** Fraction bits of a weight, as in Pillow: 8 bits of colour and 2 of headroom fill the rest of 32. */
const weightBits = 22

/**
 * The part `region` of `picture` resized to `size`, with the same result to the bit as Pillow's `resize` and `crop`: filters widen when shrinking,
 * weights are rounded to fixed point, and the horizontal pass is rounded to 8 bits before the vertical one. Models are trained on pictures made so.
 * `region` lies within `size`.
 */
export function resample(picture: Raster, size: { width: number; height: number }, region: PixelRegion, filter: Filter): Raster {
  const columns = axisWeights(picture.width, size.width, region.left, region.width, filter)
  const rows = axisWeights(picture.height, size.height, region.top, region.height, filter)
  const first = Math.min(...rows.starts)
  const last = rows.starts.reduce((end, start, row) => Math.max(end, start + element(rows.weights, row).length), 0)
  const narrow = resampleColumns(picture, columns, first, last)
  return resampleRows(narrow, rows, first)
}

/** For each output pixel along one axis: the first input pixel it takes from, and the fixed-point weights from there on. */
interface AxisWeights {
  readonly starts: readonly number[]
  readonly weights: readonly Int32Array[]
}

function axisWeights(from: number, to: number, first: number, count: number, filter: Filter): AxisWeights {
  // Pillow copies an axis whose length stays the same, whatever the filter.
  if (from === to) return copyWeights(Array.from({ length: count }, (_, index) => first + index))
  if (filter === 'nearest') return copyWeights(nearestPixels(from, from / to, first, count))
  const pixels = Array.from({ length: count }, (_, index) => pixelWeights(from, from / to, first + index, kernels[filter]))
  return { starts: pixels.map(({ start }) => start), weights: pixels.map(({ values }) => Int32Array.from(values, fixedPoint)) }
}

function copyWeights(starts: readonly number[]): AxisWeights {
  return { starts, weights: starts.map(() => Int32Array.of(1 << weightBits)) }
}

/** Adds up the step pixel by pixel, as Pillow does: a multiplication would round to other pixels now and then. */
function nearestPixels(from: number, scale: number, first: number, count: number): number[] {
  const pixels: number[] = []
  let centre = scale / 2
  for (let at = 0; at < first + count; at++, centre += scale) if (at >= first) pixels.push(Math.min(from - 1, Math.floor(centre)))
  return pixels
}

function pixelWeights(from: number, scale: number, at: number, kernel: Kernel): { start: number; values: number[] } {
  const centre = (at + 0.5) * scale
  const stretch = Math.max(1, scale)
  const start = Math.max(0, Math.trunc(centre - kernel.support * stretch + 0.5))
  const end = Math.min(from, Math.trunc(centre + kernel.support * stretch + 0.5))
  const values = Array.from({ length: end - start }, (_, index) => kernel.weight((index + start - centre + 0.5) * (1 / stretch)))
  const sum = values.reduce((total, value) => total + value, 0)
  return { start, values: sum === 0 ? values : values.map((value) => value / sum) }
}

function fixedPoint(weight: number): number {
  return Math.trunc(weight * (1 << weightBits) + (weight < 0 ? -0.5 : 0.5))
}

function resampleColumns(picture: Raster, { starts, weights }: AxisWeights, firstRow: number, endRow: number): Raster {
  const width = starts.length
  const data = new Uint8Array(width * (endRow - firstRow) * 3)
  for (let row = firstRow; row < endRow; row++) {
    for (let column = 0; column < width; column++) {
      const from = (row * picture.width + element(starts, column)) * 3
      mix(picture.data, from, 3, element(weights, column), data, ((row - firstRow) * width + column) * 3)
    }
  }
  return { width, height: endRow - firstRow, data }
}

/** `skipped` rows of the picture are missing at the top of `narrow`. */
function resampleRows(narrow: Raster, { starts, weights }: AxisWeights, skipped: number): Raster {
  const stride = narrow.width * 3
  const data = new Uint8Array(stride * starts.length)
  starts.forEach((start, row) => {
    for (let column = 0; column < narrow.width; column++) {
      mix(narrow.data, (start - skipped) * stride + column * 3, stride, element(weights, row), data, row * stride + column * 3)
    }
  })
  return { width: narrow.width, height: starts.length, data }
}

/**
 * Writes the weighted sum of the pixels at `from`, `from + step`, … The innermost loop of all: the bounds are checked once, before it.
 * @throws RangeError when the last of the pixels is not there
 */
function mix(source: Uint8Array, from: number, step: number, weights: Int32Array, result: Uint8Array, to: number): void {
  const end = from + (weights.length - 1) * step + 3
  if (from < 0 || end > source.length)
    throw new RangeError(`there are no pixels ${from} to ${end} in a picture of ${source.length}`)
  let red = 1 << (weightBits - 1)
  let green = red
  let blue = red
  for (let index = 0, at = from; index < weights.length; index++, at += step) {
    const weight = weights[index] as number
    red += (source[at] as number) * weight
    green += (source[at + 1] as number) * weight
    blue += (source[at + 2] as number) * weight
  }
  result[to] = clip(red)
  result[to + 1] = clip(green)
  result[to + 2] = clip(blue)
}

function clip(sum: number): number {
  const value = sum >> weightBits
  return value < 0 ? 0 : value > 255 ? 255 : value
}

interface Kernel {
  /** Distance at which the weight has come down to 0. */
  readonly support: number
  weight(distance: number): number
}

const kernels: Record<Exclude<Filter, 'nearest'>, Kernel> = {
  box: { support: 0.5, weight: (x) => (x > -0.5 && x <= 0.5 ? 1 : 0) },
  bilinear: { support: 1, weight: (x) => Math.max(0, 1 - Math.abs(x)) },
  hamming: { support: 1, weight: (x) => (Math.abs(x) >= 1 ? 0 : sinc(x) * (0.54 + 0.46 * Math.cos(x * Math.PI))) },
  bicubic: { support: 2, weight: cubic },
  lanczos: { support: 3, weight: (x) => (x >= -3 && x < 3 ? sinc(x) * sinc(x / 3) : 0) },
}

function sinc(x: number): number {
  return x === 0 ? 1 : Math.sin(x * Math.PI) / (x * Math.PI)
}

/** Keys' cubic convolution with a = -0.5. */
function cubic(distance: number): number {
  const a = -0.5
  const x = Math.abs(distance)
  if (x < 1) return ((a + 2) * x - (a + 3)) * x * x + 1
  return x < 2 ? (((x - 5) * x + 8) * x - 4) * a : 0
}
