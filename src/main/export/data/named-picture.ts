import { z } from 'zod'
import type { PictureProvenance } from '../../../shared/explanation/record.ts'

/** A picture as it was read, and the name to speak of it. */
export interface NamedPicture {
  readonly name: string
  readonly provenance: PictureProvenance
}

const pixels = z.number()

/** A picture as the files hold it. */
export const pictureFile = z.object({
  name: z.string(),
  sha256: z.string(),
  format: z.enum(['jpeg', 'png', 'webp', 'gif', 'tiff']),
  width: z.int().min(1),
  height: z.int().min(1),
  notes: z.array(z.string()),
  seen: z.object({ left: pixels, top: pixels, width: pixels, height: pixels }),
})

/** The picture's name, hash, size and the part the model saw. */
export function pictureJson({ name, provenance }: NamedPicture): z.infer<typeof pictureFile> {
  const { sha256, format, width, height, notes, seen } = provenance
  return {
    name,
    sha256,
    format,
    width,
    height,
    notes: [...notes],
    seen: { left: seen.left, top: seen.top, width: seen.width, height: seen.height },
  }
}
