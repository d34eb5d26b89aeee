import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { fail } from '../../../shared/contract/failure.ts'
import type { ResponseOf } from '../../../shared/contract/types.ts'
import type { PictureSource } from '../../engine/engine.ts'

/** A picture that comes with the app; its note says what is in it, and what the embedded model gets wrong. */
type Sample = ResponseOf<'samples.list'>[number]

const sampleList = z.record(
  z.string(),
  z.object({ picture: z.string(), objects: z.array(z.object({ noun: z.string(), color: z.string().nullable() })) }),
)

/** Where an explanation is most wanted. */
const faults: Readonly<Record<string, string>> = {
  harbour: 'the model takes the anchor for a dress',
  space: 'the model names the rocket twice',
  garden: 'the model names the sunflower twice and misses the snail',
}

/** The samples of a folder, in the order of its samples.json. */
export async function listSamples(folder: string): Promise<Sample[]> {
  const list = await readList(folder)
  return Object.entries(list).map(([name, { objects }]) => {
    const things = objects.map(({ noun, color }) => (color === null ? noun : `${color} ${noun}`))
    const fault = faults[name]
    return { name, note: fault === undefined ? things.join(', ') : `${things.join(', ')}; ${fault}` }
  })
}

/** A sample picture's file. @throws `picture-missing` for a name that is not in the list */
export async function readSample(folder: string, name: string): Promise<PictureSource> {
  const list = await readList(folder)
  // Only names of the list become paths.
  const sample = Object.hasOwn(list, name) ? list[name] : undefined
  if (sample === undefined) return fail('picture-missing', { name })
  return { name: sample.picture, bytes: new Uint8Array(await readFile(join(folder, sample.picture))) }
}

async function readList(folder: string): Promise<z.infer<typeof sampleList>> {
  return sampleList.parse(JSON.parse(await readFile(join(folder, 'samples.json'), 'utf8')))
}
