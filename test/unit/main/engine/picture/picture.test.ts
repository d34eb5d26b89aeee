import { deflateSync, crc32 } from 'node:zlib'
import type { Sharp } from 'sharp'
import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { decodePicture, shrinkForDisplay } from '../../../../../src/main/engine/picture/picture.ts'
import { seededRandom } from '../../../../../src/shared/values/seeded-random.ts'
import { failureOf } from '../../../../../src/shared/contract/failure.ts'
import { failureFrom } from '../model/small-model.ts'

const width = 24
const height = 16
/** No symmetry: every pixel has a colour of its own. */
const upright = Uint8Array.from({ length: width * height * 3 }, (_, index) => {
  const pixel = Math.floor(index / 3)
  return [(pixel % width) * 10, Math.floor(pixel / width) * 15, 5][index % 3] ?? 0
})
const original = (): Sharp => sharp(upright, { raw: { width, height, channels: 3 } })
const flat = (value: number) => sharp(Buffer.alloc(300, value), { raw: { width: 10, height: 10, channels: 3 } })
const grey = (value: number) => flat(value).greyscale().toColourspace('b-w')
const decode = async (picture: Sharp | Uint8Array, name = 'p') =>
  decodePicture({ name, bytes: picture instanceof Uint8Array ? picture : await picture.toBuffer() })
function frames(count: number): Sharp {
  const pictures = Array.from({ length: count }, (_, index) => ({
    create: { width: 10, height: 10, channels: 3, background: { r: index * 60, g: 0, b: 200 } },
  }))
  // sharp's types leave out pictures made from nothing in a list, its documentation does not.
  return sharp(pictures as unknown as Buffer[], { join: { animated: true } })
}

describe('decodePicture', () => {
  it('keeps the pixels of a lossless picture, and says what it is', async () => {
    for (const [format, picture] of Object.entries({ png: original().png(), tiff: original().tiff({ compression: 'lzw' }) })) {
      const { data, provenance } = await decode(picture)
      expect(provenance).toMatchObject({ format, width, height, notes: [] })
      expect(provenance.sha256).toMatch(/^[0-9a-f]{64}$/)
      expect(data).toEqual(Buffer.from(upright))
    }
  })

  it.each(['jpeg', 'png', 'webp', 'gif', 'tiff'] as const)('decodes %s by content, whatever its name says', async (format) => {
    const { provenance, data } = await decode(flat(120).toFormat(format), 'picture.txt')
    expect(provenance).toMatchObject({ format, width: 10, height: 10, notes: [] })
    expect(data.every((value) => Math.abs(value - 120) <= 2)).toBe(true)
  })

  it.each([1, 2, 3, 4, 5, 6, 7, 8])('turns a picture of EXIF orientation %i upright', async (orientation) => {
    const { data, provenance } = await decode(stored(orientation).png().withMetadata({ orientation }))
    expect(data).toEqual(Buffer.from(upright))
    expect(provenance).toMatchObject({ width, height })
    expect(provenance.notes).toEqual(orientation === 1 ? [] : [`turned as its EXIF orientation ${orientation} asks`])
  })

  it.each([
    ['grey', grey(100).png(), 100, []],
    ['grey and transparent', grey(100).ensureAlpha(0.5).png(), 177, ['transparency laid on white']],
    ['transparent', flat(100).ensureAlpha(0.5).png(), 177, ['transparency laid on white']],
    ['opaque with a channel for transparency', flat(100).ensureAlpha(1).png(), 100, []],
    ['of 16 bits', flat(100).toColourspace('rgb16').png(), 100, ['reduced from 16 to 8 bits per colour']],
    ['of few colours', flat(100).png({ palette: true }), 100, []],
    ['black and white', flat(255).tiff({ bitdepth: 1 }), 255, []],
    ['an animation', frames(3).webp({ lossless: true }), 0, ['first of 3 frames']],
    ['an animated GIF', frames(3).gif(), 0, ['first of 3 frames']],
  ])('makes 8-bit colours of a picture that is %s', async (_, picture, red, notes) => {
    const decoded = await decode(picture)
    expect(decoded).toMatchObject({ width: 10, height: 10, provenance: { notes } })
    expect(decoded.data.length).toBe(300)
    expect(decoded.data[0]).toBe(red)
  })

  it('converts CMYK and colour profiles to sRGB and says so', async () => {
    const cmyk = await decode(flat(100).toColourspace('cmyk').jpeg())
    expect(cmyk.provenance.notes).toEqual(['converted from CMYK to sRGB'])
    expect(Math.abs((cmyk.data[0] ?? 0) - 100)).toBeLessThan(15)
    const red = sharp({ create: { width: 4, height: 4, channels: 3, background: { r: 200, g: 60, b: 60 } } })
    const wide = await red.withIccProfile('p3').png().toBuffer()
    const { data, provenance } = await decode(wide)
    expect(provenance.notes).toEqual([expect.stringMatching(/^converted from the colour profile .*P3.* to sRGB$/)])
    // Back where it was before the profile was put on.
    const was = [200, 60, 60]
    was.forEach((value, colour) => {
      expect(Math.abs((data[colour] ?? 0) - value)).toBeLessThanOrEqual(2)
    })
  })

  it('decodes a picture with a broken colour profile', async () => {
    const bytes = await flat(90).withIccProfile('p3').jpeg().toBuffer()
    bytes.write('zzzz', bytes.indexOf('acsp'))
    bytes.fill(3, bytes.indexOf('zzzz') + 90, bytes.indexOf('zzzz') + 200)
    const { data, provenance } = await decode(bytes)
    expect(provenance.notes).toEqual(['has a colour profile that cannot be read'])
    expect(data[0]).toBeCloseTo(90, -1)
  })

  it.each([
    ['an SVG drawing', '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><image href="canary.png"/></svg>'],
    ['a PDF document', '%PDF-1.7 '],
    ['a text file', 'not a picture'],
    ['an empty file', ''],
  ])('refuses %s named like a picture', async (found, content) => {
    const failure = await failureFrom(decode(Buffer.from(content), 'trap.png'))
    expect(failure).toEqual({ code: 'picture-unsupported', data: { name: 'trap.png', found } })
  })

  it('refuses AVIF', async () => {
    const failure = await failureFrom(decode(flat(1).avif(), 'trap.jpg'))
    expect(failure).toEqual({ code: 'picture-unsupported', data: { name: 'trap.jpg', found: 'an AVIF picture' } })
  })

  it.each([
    ['of 50,000 pixels each way', pngOf(50_000, 50_000, Buffer.alloc(9)), '64 megapixels'],
    ['of 100 megapixels in 97 KB', pngOf(10_000, 10_000, Buffer.alloc(10_000 * 10_001)), '64 megapixels'],
    ['a million pixels wide', pngOf(1_000_000, 1, Buffer.alloc(1_000_001)), '65,535 pixels along one edge'],
    ['of more than 64 MiB', Buffer.alloc(64 * 1024 * 1024 + 1), '64 MiB'],
  ])('refuses a picture %s before decoding it', async (_, bytes, limit) => {
    const before = process.memoryUsage().rss
    expect(await failureFrom(decode(bytes))).toEqual({ code: 'picture-too-large', data: { name: 'p', limit } })
    expect(process.memoryUsage().rss - before).toBeLessThan(100 * 1024 * 1024)
  })

  it('takes the first page of a document of thousands', async () => {
    const { provenance } = await decode(tiffOf(3000))
    expect(provenance).toMatchObject({ width: 1, height: 1, notes: ['first of 3000 pages'] })
  })

  it.each(['jpeg', 'png'] as const)('says that a %s cut short is damaged', async (format) => {
    const bytes = await noise().toFormat(format).toBuffer()
    for (const share of [0.5, 0.9]) {
      const failure = await failureFrom(decode(bytes.subarray(0, Math.floor(bytes.length * share))))
      expect(failure).toEqual({ code: 'picture-damaged', data: { name: 'p' } })
    }
  })

  it.each(['jpeg', 'png', 'webp', 'gif', 'tiff'] as const)(
    'decodes or refuses a mangled %s, and nothing else',
    async (format) => {
      const bytes = await noise().toFormat(format).toBuffer()
      const random = seededRandom(1)
      const cut = [0, 1, 2, 10, bytes.length * 0.1, bytes.length * 0.5, bytes.length * 0.9, bytes.length - 1].map((end) =>
        bytes.subarray(0, end),
      )
      const flipped = Array.from({ length: 40 }, () =>
        Buffer.from(bytes)
          .fill(Math.floor(random() * 256), Math.floor(random() ** 3 * bytes.length))
          .subarray(0),
      )
      for (const mangled of [...cut, ...flipped]) {
        const outcome = await decode(mangled).catch((error: unknown) => failureOf(error)?.code)
        if (typeof outcome === 'object') expect(outcome.data.length).toBe(outcome.width * outcome.height * 3)
        else expect(outcome).toMatch(/^picture-(damaged|unsupported|too-large)$/)
      }
    },
  )
})

describe('shrinkForDisplay', () => {
  it('brings the longer edge down and leaves a small picture alone', async () => {
    const picture = await decode(original().png())
    expect(await shrinkForDisplay(picture, 12)).toMatchObject({ width: 12, height: 8 })
    expect((await shrinkForDisplay(picture)).data).toBe(picture.data)
  })
})

/** The picture as a camera held another way would store it (EXIF 2.32, tag 0x0112: where row 0 and column 0 lie). */
function stored(orientation: number): Sharp {
  const turned = orientation > 4
  const [wide, high] = turned ? [height, width] : [width, height]
  const data = Buffer.alloc(upright.length)
  for (let y = 0; y < high; y++) {
    for (let x = 0; x < wide; x++) {
      const [along, down] = turned ? [y, x] : [x, y]
      const column = [2, 3, 6, 7].includes(orientation) ? width - 1 - along : along
      const row = [3, 4, 7, 8].includes(orientation) ? height - 1 - down : down
      data.set(upright.subarray((row * width + column) * 3, (row * width + column) * 3 + 3), (y * wide + x) * 3)
    }
  }
  return sharp(data, { raw: { width: wide, height: high, channels: 3 } })
}

function noise(): Sharp {
  const random = seededRandom(7)
  const data = Uint8Array.from({ length: 48 * 32 * 3 }, () => random() * 256)
  return sharp(data, { raw: { width: 48, height: 32, channels: 3 } })
}

/** A grey PNG whose header says what it likes; `rows` are packed. */
function pngOf(wide: number, high: number, rows: Buffer): Buffer {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(wide, 0)
  header.writeUInt32BE(high, 4)
  header[8] = 8
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  return Buffer.concat([
    signature,
    pngChunk('IHDR', header),
    pngChunk('IDAT', deflateSync(rows)),
    pngChunk('IEND', Buffer.alloc(0)),
  ])
}

function pngChunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type), data])
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(data.length)
  check.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, check])
}

/** A TIFF of many pages of one grey pixel each. */
function tiffOf(pages: number): Buffer {
  const tags = [256, 257, 258, 259, 262, 273, 277, 278, 279].map(
    (tag) => [tag, tag === 273 || tag === 279 ? 4 : 3, 1, { 258: 8, 273: 4 }[tag] ?? 1] as const,
  )
  const pageLength = 2 + tags.length * 12 + 4
  const bytes = Buffer.alloc(8 + pages * pageLength)
  bytes.write('II*\0\b', 'latin1')
  for (let page = 0; page < pages; page++) {
    const start = 8 + page * pageLength
    bytes.writeUInt16LE(tags.length, start)
    tags.forEach(([tag, type, count, value], index) => {
      const at = start + 2 + index * 12
      bytes.writeUInt16LE(tag, at)
      bytes.writeUInt16LE(type, at + 2)
      bytes.writeUInt32LE(count, at + 4)
      bytes.writeUInt32LE(value, at + 8)
    })
    bytes.writeUInt32LE(page === pages - 1 ? 0 : start + pageLength, start + pageLength - 4)
  }
  return bytes
}
