import type { EmbeddedImage } from '../picture/embed-image.ts'
import type { KeyValues, KeyValueShape } from '../runtime/key-values.ts'
import { emptyKeyValues } from '../runtime/key-values.ts'

/** The picture, where nothing stands before it: only then its own keys and values are those of every sequence that begins with it. `null` otherwise. */
export function frontPicture(image: EmbeddedImage | null): EmbeddedImage | null {
  return image !== null && image.grid.start === 0 ? image : null
}

/** Keys and values that a sequence begins with whatever the text is: those of a picture at its front, else none. */
export function knownPrefix(image: EmbeddedImage | null, shape: KeyValueShape): KeyValues {
  return frontPicture(image)?.keyValues ?? emptyKeyValues(shape, 1)
}
