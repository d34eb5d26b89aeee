import sharp from 'sharp'
import { samplePicture } from '../../helpers/samples.ts'
import type { DroppedFile } from './whence.ts'

/** One of the sample pictures as a person drags it. */
export function sampleFile(name: string): DroppedFile {
  return { ...samplePicture(name), mime: 'image/png' }
}

/** A sample picture enlarged to a photograph's size and noise, as JPEG. */
export async function photograph(width: number, height: number): Promise<DroppedFile> {
  const { bytes } = samplePicture('cats')
  const noise = {
    create: {
      width,
      height,
      channels: 3 as const,
      background: '#808080',
      noise: { type: 'gaussian' as const, mean: 128, sigma: 20 },
    },
  }
  const grain = await sharp(noise).png({ compressionLevel: 0 }).toBuffer()
  const photo = await sharp(bytes)
    .resize(width, height, { fit: 'cover' })
    .flatten()
    .composite([{ input: grain, blend: 'soft-light' }])
    .jpeg({ quality: 90 })
    .toBuffer()
  return { name: 'photograph.jpg', mime: 'image/jpeg', bytes: photo }
}

/** A tall, narrow picture. */
export async function strip(width: number, height: number): Promise<DroppedFile> {
  const bytes = await sharp(samplePicture('harbour').bytes).resize(width, height, { fit: 'cover' }).png().toBuffer()
  return { name: 'strip.png', mime: 'image/png', bytes }
}

/** A picture with 16 bits to the channel. */
export async function sixteenBit(): Promise<DroppedFile> {
  const bytes = await sharp(samplePicture('safari').bytes).flatten().toColourspace('rgb16').png().toBuffer()
  return { name: 'sixteen.png', mime: 'image/png', bytes }
}

/** A picture as a camera writes it: stored lying on its side, with an EXIF orientation that says so; and the same stored upright. */
export async function turned(): Promise<{ readonly lying: DroppedFile; readonly upright: DroppedFile }> {
  const { bytes } = samplePicture('cats')
  const upright = await sharp(bytes).flatten().webp({ lossless: true }).toBuffer()
  // Orientation 6: the viewer turns the stored picture a quarter clockwise.
  const lying = await sharp(bytes).flatten().rotate(270).withMetadata({ orientation: 6 }).webp({ lossless: true }).toBuffer()
  return {
    lying: { name: 'lying.webp', mime: 'image/webp', bytes: lying },
    upright: { name: 'upright.webp', mime: 'image/webp', bytes: upright },
  }
}
