import { createHash } from 'node:crypto'
import type { Metadata, Sharp } from 'sharp'
import sharp from 'sharp'
import type { PictureProvenance } from '../../../shared/explanation/record.ts'
import { fail } from '../../../shared/contract/failure.ts'
import type { PictureSource } from '../engine.ts'
import type { PictureFormat } from '../../../shared/explanation/record.ts'
import { describeContent, formatOf } from './picture-format.ts'
import { describeEdge, describePixels, describeSize, largestFile, longestEdge, mostPixels } from './picture-limits.ts'
import { profileName } from './picture-profile.ts'
import type { Raster } from './resample.ts'

/** A decoded picture, upright, in 8-bit sRGB on white, and where it came from. */
export interface DecodedPicture extends Raster {
  readonly provenance: Omit<PictureProvenance, 'seen'>
}

// A second check behind that of the first bytes: nothing but these five decoders, and those only from memory.
sharp.block({ operation: ['VipsForeignLoad'] })
sharp.unblock({ operation: ['Jpeg', 'Png', 'Webp', 'Nsgif', 'Tiff'].map((format) => `VipsForeignLoad${format}Buffer`) })
// Pictures are decoded one at a time and once each.
sharp.cache(false)
sharp.concurrency(Math.min(4, sharp.concurrency()))

/** Longest time one step of decoding may take, in seconds; the largest picture takes a few. */
const longestStep = 30

/**
 * Decodes a picture: JPEG, PNG, WebP, GIF or TIFF, judged by content. The EXIF orientation is applied, colours become 8-bit sRGB, transparency is laid
 * on white, of several frames or pages the first is taken; each is noted.
 * @throws `picture-unsupported`, `picture-too-large` (judged by the header), or `picture-damaged`
 */
export async function decodePicture(source: PictureSource): Promise<DecodedPicture> {
  const format = checkSource(source)
  const header = await readHeader(source)
  const { data, info } = await upright(source)
    .flatten({ background: '#ffffff' })
    .toColourspace('srgb')
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true })
    .catch((error: unknown) => refuse(source, error))
  if (info.channels !== 3) throw new Error(`the picture was decoded to ${info.channels} channels`)
  const sha256 = createHash('sha256').update(source.bytes).digest('hex')
  const { width, height } = info
  const notes = notesOf(header, format, await isTransparent(source, header))
  return { width, height, data, provenance: { sha256, format, width, height, notes } }
}

/**
 * The picture made smaller for the eye, so that its longer edge is at most `edge` pixels; smaller pictures stay as they are.
 * What the model sees is made by `preprocess`, not from this.
 */
export async function shrinkForDisplay({ width, height, data }: Raster, edge = 2000): Promise<Raster> {
  if (Math.max(width, height) <= edge) return { width, height, data }
  const image = sharp(data, { raw: { width, height, channels: 3 }, limitInputPixels: mostPixels }).resize(edge, edge, {
    fit: 'inside',
  })
  const small = await image.raw().toBuffer({ resolveWithObject: true })
  return { width: small.info.width, height: small.info.height, data: small.data }
}

function checkSource({ name, bytes }: PictureSource): PictureFormat {
  if (bytes.length > largestFile) fail('picture-too-large', { name, limit: describeSize })
  return formatOf(bytes) ?? fail('picture-unsupported', { name, found: describeContent(bytes) })
}

function upright({ bytes }: PictureSource): Sharp {
  return sharp(bytes, { limitInputPixels: mostPixels, pages: 1, autoOrient: true }).timeout({ seconds: longestStep })
}

async function readHeader(source: PictureSource): Promise<Metadata> {
  const header = await upright(source)
    .metadata()
    .catch((error: unknown) => refuse(source, error))
  if (Math.max(header.width, header.height) > longestEdge) fail('picture-too-large', { name: source.name, limit: describeEdge })
  return header
}

/** Many formats have a channel for transparency that says nothing; only a look at it shows whether it does. */
async function isTransparent(source: PictureSource, { hasAlpha }: Metadata): Promise<boolean> {
  if (!hasAlpha) return false
  const alpha = await upright(source).ensureAlpha().extractChannel('alpha').raw({ depth: 'uchar' }).toBuffer()
  return alpha.some((value) => value < 255)
}

function refuse({ name }: PictureSource, error: unknown): never {
  if (String(error).includes('exceeds pixel limit')) fail('picture-too-large', { name, limit: describePixels }, error)
  return fail('picture-damaged', { name }, error)
}

function notesOf(header: Metadata, format: PictureFormat, isTransparent: boolean): string[] {
  const { orientation = 1, pages = 1, depth } = header
  const notes: (string | null)[] = [
    orientation === 1 ? null : `turned as its EXIF orientation ${orientation} asks`,
    pages === 1 ? null : `first of ${pages} ${format === 'tiff' ? 'pages' : 'frames'}`,
    isTransparent ? 'transparency laid on white' : null,
    depth === 'uchar' ? null : `reduced from ${depth === 'ushort' ? '16' : '32'} to 8 bits per colour`,
    colourNote(header),
  ]
  return notes.filter((note) => note !== null)
}

function colourNote({ space, icc }: Metadata): string | null {
  const name = icc === undefined ? undefined : profileName(icc)
  if (name === null) return 'has a colour profile that cannot be read'
  if (space === 'cmyk')
    return name === undefined ? 'converted from CMYK to sRGB' : `converted from CMYK (colour profile ${name}) to sRGB`
  return name === undefined || /^sRGB/i.test(name) ? null : `converted from the colour profile ${name} to sRGB`
}
