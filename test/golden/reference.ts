import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { variants } from '../../src/shared/explanation/parameters.ts'

const folder = join(import.meta.dirname, 'reference')

const array = z.object({ file: z.string(), shape: z.array(z.number()) })
const caseFile = z.object({
  name: z.string(),
  prompt: z.string(),
  target: z.string(),
  generated: z.string(),
  prompt_ids: z.array(z.number()),
  target_ids: z.array(z.number()),
  sequence: z.number(),
  image_tokens: z.number(),
  embeddings: array,
  baseline_logprobs: z.array(z.number()),
  close_to_kappa: z.array(z.tuple([z.number(), z.number()])),
  picture: z.string().nullable(),
  variants: z.array(
    z.object({
      variant: z.enum(variants),
      neighbourhood: z.boolean(),
      f: z.number(),
      kappa: z.number(),
      factors: array,
      relevance: array,
    }),
  ),
})

/** One reference case, made in PyTorch by models/training/golden.py: a picture or a document with a prompt and a target. */
export type ReferenceCase = z.infer<typeof caseFile>

/** All reference cases. */
export const referenceCases: readonly ReferenceCase[] = z
  .object({ cases: z.array(caseFile) })
  .parse(JSON.parse(readFileSync(join(folder, 'golden.json'), 'utf8'))).cases

/** The numbers of a reference file, little-endian float32, row-major. */
export function referenceNumbers({ file, shape }: z.infer<typeof array>): Float32Array {
  const bytes = readFileSync(join(folder, file))
  const numbers = new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength))
  if (numbers.length !== shape.reduce((product, size) => product * size, 1))
    throw new Error(`${file} is not of shape ${shape.join(' x ')}`)
  return numbers
}

/** A picture of the reference cases, as bytes. */
export function referencePicture(name: string): { name: string; bytes: Uint8Array } {
  return { name, bytes: readFileSync(join(folder, name)) }
}
