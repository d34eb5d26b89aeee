import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fc, it } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import type { Filter, Raster } from '../../../../../src/main/engine/picture/resample.ts'
import { filters, resample } from '../../../../../src/main/engine/picture/resample.ts'

interface Pixels {
  width: number
  height: number
  data: string
}
const pillow = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../../../fixtures/pictures/pillow-resize.json'), 'utf8'),
) as {
  input: Pixels
  cases: (Pixels & { filter: Filter })[]
}
const toRaster = ({ width, height, data }: Pixels): Raster => ({
  width,
  height,
  data: new Uint8Array(Buffer.from(data, 'base64')),
})
const whole = ({ width, height }: { width: number; height: number }) => ({ left: 0, top: 0, width, height })
const filter = fc.constantFrom(...filters)
const edge = fc.integer({ min: 1, max: 12 })
const colour = fc.integer({ min: 0, max: 255 })

describe('resample', () => {
  it.each(pillow.cases)('gives the same pixels as Pillow: $filter to $width x $height', (wanted) => {
    expect(resample(toRaster(pillow.input), wanted, whole(wanted), wanted.filter)).toEqual(toRaster(wanted))
  })

  it.prop([edge, edge, edge, edge, filter, colour])('leaves one colour one colour', (width, height, wide, high, by, value) => {
    const flat = { width, height, data: new Uint8Array(width * height * 3).fill(value) }
    const result = resample(flat, { width: wide, height: high }, whole({ width: wide, height: high }), by)
    expect(result.data).toEqual(new Uint8Array(wide * high * 3).fill(value))
  })

  it.prop([filter])('copies a picture of the right size', (by) => {
    const picture = toRaster(pillow.input)
    expect(resample(picture, picture, whole(picture), by)).toEqual(picture)
  })

  it.prop([edge, edge, filter, fc.nat(), fc.nat(), fc.nat(), fc.nat()])(
    'makes of a region what cutting it out would',
    (width, height, by, ...cut) => {
      const picture = toRaster(pillow.input)
      const [left, top] = [cut[0] % width, cut[1] % height]
      const region = { left, top, width: 1 + (cut[2] % (width - left)), height: 1 + (cut[3] % (height - top)) }
      const all = resample(picture, { width, height }, whole({ width, height }), by)
      expect(resample(picture, { width, height }, region, by)).toEqual(resample(all, all, region, by))
    },
  )
})
