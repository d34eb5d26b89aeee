import sharp from 'sharp'

/** Pixels of an upright picture, three channels of 8 bits, row by row. */
export interface Pixels {
  readonly width: number
  readonly height: number
  readonly data: Uint8Array
}

/** A picture for drawings: grey and pale, so that colour means relevance only. */
export interface DisplayPicture {
  /** Size of the picture that the model's boxes refer to, in pixels. */
  readonly width: number
  readonly height: number
  /** The pixels as a PNG in a data address. */
  readonly href: string
}

/** Longest edge in drawings, in pixels. */
const longestEdge = 1024

/**
 * Greys a picture and makes it pale.
 * @param pixels the oriented picture, in any size
 * @param original size of the oriented picture before it was made smaller
 */
export async function displayPicture(
  pixels: Pixels,
  original: { readonly width: number; readonly height: number },
  edge: number = longestEdge,
): Promise<DisplayPicture> {
  const { width, height, data } = pixels
  const png = await sharp(data, { raw: { width, height, channels: 3 }, limitInputPixels: false })
    .resize(edge, edge, { fit: 'inside', withoutEnlargement: true })
    .greyscale()
    // Less contrast and more light: the mid-grey stays, black becomes dark grey, white stays white.
    .linear(0.84, 40)
    .png({ compressionLevel: 6 })
    .toBuffer()
  return { width: original.width, height: original.height, href: `data:image/png;base64,${png.toString('base64')}` }
}
