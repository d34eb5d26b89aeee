import type { Sharp } from 'sharp'
import sharp from 'sharp'
import type { Theme } from '../../../shared/colour/ramp.ts'

/** Pixels of an upright picture, three channels of 8 bits, row by row. */
export interface Pixels {
  readonly width: number
  readonly height: number
  readonly data: Uint8Array
}

/** An upright picture in any size: pixels, or a file that Whence made of them. */
export type ShownImage = Pixels | { readonly mime: string; readonly bytes: Uint8Array }

/** A picture for drawings: grey, so that colour means relevance only; pale on light sheets and dim on dark ones. */
export interface DisplayPicture {
  /** Size of the picture that the model's boxes refer to, in pixels. */
  readonly width: number
  readonly height: number
  /** The pixels as a PNG in a data address. */
  readonly href: string
}

/** Longest edge in drawings, in pixels. */
const longestEdge = 1024

/** Less contrast, so that the extremes stay away from the map's; then lighter or darker: factor and summand of a grey from 0 to 255. */
const tones: Readonly<Record<Theme, readonly [factor: number, summand: number]>> = { light: [0.84, 40], dark: [0.465, 20] }

/**
 * Greys a picture for a drawing.
 * @param original size of the oriented picture before it was made smaller
 */
export async function displayPicture(
  image: ShownImage,
  original: Pick<DisplayPicture, 'width' | 'height'>,
  theme: Theme = 'light',
): Promise<DisplayPicture> {
  const [factor, summand] = tones[theme]
  const png = await small(image).greyscale().linear(factor, summand).png({ compressionLevel: 6 }).toBuffer()
  return { width: original.width, height: original.height, href: `data:image/png;base64,${png.toString('base64')}` }
}

/** A picture in its own colours as a data address, for pages that grey it themselves. */
export async function colourPicture(image: ShownImage): Promise<string> {
  const webp = await small(image).webp({ quality: 88 }).toBuffer()
  return `data:image/webp;base64,${webp.toString('base64')}`
}

function small(image: ShownImage): Sharp {
  return open(image).resize(longestEdge, longestEdge, { fit: 'inside', withoutEnlargement: true })
}

function open(image: ShownImage): Sharp {
  if ('bytes' in image) return sharp(image.bytes)
  const { width, height, data } = image
  return sharp(data, { raw: { width, height, channels: 3 }, limitInputPixels: false })
}
