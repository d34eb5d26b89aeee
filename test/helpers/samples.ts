import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import sharp from 'sharp'
import { root } from './test-model.ts'

const folder = join(root, 'resources', 'samples')

/** One of the sample pictures, as bytes. */
export function samplePicture(name: string): { name: string; bytes: Uint8Array } {
  return { name: `${name}.png`, bytes: readFileSync(join(folder, `${name}.png`)) }
}

/** The object mask of a sample picture: pixels of the k-th object have the value k. Mirrored left to right on request. */
export async function sampleMask(name: string, mirrored = false): Promise<{ width: number; height: number; labels: Uint8Array }> {
  // From bytes: the picture decoder has switched off sharp's loading of files in this process.
  const mask = sharp(readFileSync(join(folder, `${name}.objects.png`))).toColourspace('b-w')
  const { data, info } = await (mirrored ? mask.flop() : mask).raw().toBuffer({ resolveWithObject: true })
  if (info.channels !== 1) throw new Error(`${name}.objects.png has ${info.channels} channels`)
  return { width: info.width, height: info.height, labels: new Uint8Array(data) }
}
