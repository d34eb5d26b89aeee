import { createHash } from 'node:crypto'
import { LRUCache } from 'lru-cache'
import type { PictureSource } from '../engine.ts'
import type { LoadedModel } from '../model/model.ts'
import type { EmbeddedImage } from './embed-image.ts'
import { embedImage } from './embed-image.ts'

/** The pictures a model has embedded lately. */
export interface EmbeddedPictures {
  /** Embeds a picture, or finds it embedded. */
  embed(picture: PictureSource, signal: AbortSignal): Promise<EmbeddedImage>
  /** An embedded picture by the SHA-256 of its file; `null` when it is no longer kept. */
  find(sha256: string): EmbeddedImage | null
}

/** Pictures kept, the least recently used going first. Each is about a megabyte with the embedded model. */
const most = 8

/**
 * Keeps the pictures of a model embedded.
 * @param embed what embeds a picture that is not kept
 */
export function embeddedPictures(model: LoadedModel, embed: typeof embedImage = embedImage): EmbeddedPictures {
  const kept = new LRUCache<string, EmbeddedImage>({ max: most })
  return {
    embed: async (picture, signal) => {
      const key = createHash('sha256').update(picture.bytes).digest('hex')
      const image = kept.get(key) ?? (await embed(model, picture, signal))
      kept.set(key, image)
      return image
    },
    find: (sha256) => kept.peek(sha256) ?? null,
  }
}
