import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { lookAt } from '../../../../../src/main/engine/picture/picture-views.ts'
import { preprocess, seenPicture } from '../../../../../src/main/engine/picture/preprocess.ts'
import type { PreprocessorConfig } from '../../../../../src/main/engine/picture/preprocess.ts'
import { failureOf } from '../../../../../src/shared/contract/failure.ts'

const never = (): AbortSignal => new AbortController().signal
const plain = (width: number, height: number) => sharp({ create: { width, height, channels: 3, background: '#336699' } })

async function sizeOf(bytes: Uint8Array): Promise<[number, number, string]> {
  const { width, height, format } = await sharp(bytes).metadata()
  return [width, height, format]
}

describe('lookAt', () => {
  it('shows a large photograph smaller, upright, and without its metadata', async () => {
    const photo = await plain(4000, 3000).withMetadata({ orientation: 6 }).jpeg().toBuffer()
    const { provenance, display, thumbnail } = await lookAt({ name: 'a.jpg', bytes: photo }, never())
    expect(provenance).toMatchObject({ width: 3000, height: 4000, notes: ['turned as its EXIF orientation 6 asks'] })
    expect(await sizeOf(display.bytes)).toEqual([1500, 2000, 'jpeg'])
    expect(await sizeOf(thumbnail.bytes)).toEqual([144, 192, 'webp'])
    expect((await sharp(display.bytes).metadata()).exif).toBeUndefined()
  })
  it('keeps the pixels of a small picture that was not lossy', async () => {
    const { display } = await lookAt({ name: 'a.png', bytes: await plain(200, 2000).png().toBuffer() }, never())
    expect(await sizeOf(display.bytes)).toEqual([200, 2000, 'png'])
    const { data } = await sharp(display.bytes).raw().toBuffer({ resolveWithObject: true })
    expect([...data.subarray(0, 3)]).toEqual([0x33, 0x66, 0x99])
  })
  it('refuses what is no picture, and stops when it is told to', async () => {
    const code = (work: Promise<unknown>) => work.catch((error: unknown) => failureOf(error)?.code)
    expect(await code(lookAt({ name: 'a.png', bytes: new TextEncoder().encode('<svg/>') }, never()))).toBe('picture-unsupported')
    const bytes = await plain(10, 10).png().toBuffer()
    expect(await code(lookAt({ name: 'a.png', bytes }, AbortSignal.abort()))).toBe('cancelled')
  })
})

describe('seenPicture', () => {
  const config: PreprocessorConfig = {
    resize: { to: { shortestEdge: 8 }, filter: 'bicubic' },
    crop: { width: 12, height: 12 },
    rescale: 1,
    normalise: null,
  }
  it.each([
    [20, 16],
    [16, 50],
    [8, 8],
  ])('of %d x %d pixels is what the model is given, before its colours become numbers', (width, height) => {
    const data = Uint8Array.from({ length: width * height * 3 }, (_, place) => (place * 37) % 256)
    const { pixels } = preprocess({ width, height, data }, config)
    const seen = seenPicture({ width, height, data }, config)
    expect([seen.width, seen.height]).toEqual([12, 12])
    const planes = Float32Array.from(
      { length: 3 * 144 },
      (_, place) => seen.data[(place % 144) * 3 + Math.floor(place / 144)] ?? -1,
    )
    expect(planes).toEqual(pixels)
  })
})
