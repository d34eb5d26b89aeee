import { basename } from 'node:path'
import type { PictureSource } from '../../engine/engine.ts'
import { readPictureFile } from '../../engine/picture/picture-file.ts'
import type { Pixels } from '../../export/drawing/display-picture.ts'

/** A picture that is known to be sound before anything else is loaded. */
export interface ReadPicture {
  readonly source: PictureSource
  /** File name without its folders: what is passed on should not tell where the picture lay. */
  readonly name: string
  /** The upright picture for drawings, made smaller. */
  readonly image: Pixels
}

/** Longest edge kept for drawings, in pixels. */
const displayEdge = 1024

/**
 * Reads and decodes a picture; `null` without one. Decoding it here once costs little and tells a damaged one at once.
 * @throws the `picture-` failures
 */
export async function readPicture(path: string | null): Promise<ReadPicture | null> {
  if (path === null) return null
  const source = await readPictureFile(path)
  return { source, name: basename(path), image: await imageOf(source) }
}

/**
 * A picture for drawings: decoded, upright, made smaller.
 * @throws `picture-unsupported`, `picture-too-large`, `picture-damaged`
 */
export async function imageOf(source: PictureSource): Promise<Pixels> {
  const { decodePicture, shrinkForDisplay } = await import('../../engine/picture/picture.ts')
  return shrinkForDisplay(await decodePicture(source), displayEdge)
}
