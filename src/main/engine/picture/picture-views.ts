import type { Sharp } from 'sharp'
import sharp from 'sharp'
import { throwIfCancelled } from '../../../shared/contract/failure.ts'
import type { PictureSource, PictureViews, ShownPicture } from '../engine.ts'
import type { LoadedModel } from '../model/model.ts'
import { decodePicture, shrinkForDisplay } from './picture.ts'
import { seenPicture } from './preprocess.ts'
import type { Raster } from './resample.ts'

/** Longer edges, in pixels. */
const displayEdge = 2000
const thumbnailEdge = 192

/**
 * Reads a picture completely and makes it ready for showing.
 * @throws `picture-unsupported`, `picture-too-large`, `picture-damaged`, `cancelled`
 */
export async function lookAt(source: PictureSource, signal: AbortSignal): Promise<PictureViews> {
  const { provenance, ...picture } = await decodePicture(source)
  throwIfCancelled(signal)
  const small = await shrinkForDisplay(picture, displayEdge)
  throwIfCancelled(signal)
  // Photographs would be several megabytes as PNG; what was not lossy yet stays exact.
  const display = provenance.format === 'jpeg' ? await jpeg(small) : await png(small)
  return { provenance, display, thumbnail: await webp(await shrinkForDisplay(small, thumbnailEdge)) }
}

/**
 * The picture as a model sees it.
 * @throws `picture-refused` for a model that reads text only, besides what {@link lookAt} throws
 */
export async function seenBy(model: LoadedModel, source: PictureSource, signal: AbortSignal): Promise<ShownPicture> {
  const { preprocessor } = model.forPicture()
  const picture = await decodePicture(source)
  throwIfCancelled(signal)
  return png(seenPicture(picture, preprocessor))
}

async function png(raster: Raster): Promise<ShownPicture> {
  return { mime: 'image/png', bytes: await bytesOf(open(raster).png({ compressionLevel: 4 })) }
}

async function jpeg(raster: Raster): Promise<ShownPicture> {
  return { mime: 'image/jpeg', bytes: await bytesOf(open(raster).jpeg({ quality: 92, chromaSubsampling: '4:4:4' })) }
}

async function webp(raster: Raster): Promise<ShownPicture> {
  return { mime: 'image/webp', bytes: await bytesOf(open(raster).webp({ quality: 85, effort: 2 })) }
}

function open({ width, height, data }: Raster): Sharp {
  return sharp(data, { raw: { width, height, channels: 3 }, limitInputPixels: false })
}

/** In memory of its own, so that it can be handed over to another process. */
async function bytesOf(image: Sharp): Promise<Uint8Array> {
  return new Uint8Array(await image.toBuffer())
}
