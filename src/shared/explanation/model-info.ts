import { z } from 'zod'
import { count, sha256, strict } from './schema.ts'

/** Precisions of a decoder file; the suffix of its name says which, none says `f32`. */
export const precisions = ['f32', 'fp16', 'q4', 'int8'] as const
/** One of {@link precisions}. */
export type Precision = (typeof precisions)[number]

const identity = {
  /** Folder name, as the person picks it. */
  name: z.string(),
  /** SHA-256 over the model's files, hexadecimal. */
  sha256,
  /** `model_type` of config.json. */
  family: z.string(),
  precision: z.enum(precisions),
}

/** Which model made a number: enough to tell two apart and to find it again. */
export const modelIdentity = strict(identity)
/** See {@link modelIdentity}. */
export type ModelIdentity = z.infer<typeof modelIdentity>

/** What a model can do, as far as Whence needs to know. */
export const modelInfo = strict({
  ...identity,
  grid: strict({ rows: count, columns: count }).nullable(),
  /** Edge of the square the picture is cut to, in pixels. */
  imageSize: count.nullable(),
  layers: count,
  heads: count,
  keyValueHeads: count,
  headSize: count,
  hiddenSize: count,
  vocabularySize: count,
  /** Longest sequence, picture included. */
  maxPositions: count,
  /** One line from the model card: what it knows and what not; `null` without a card. */
  knows: z.string().nullable(),
})
/** See {@link modelInfo}. */
export type ModelInfo = z.infer<typeof modelInfo>

/** What a person should know before they trust a model's numbers, in one sentence; `null` when there is nothing. */
export function modelCaution({ precision }: Pick<ModelIdentity, 'precision'>): string | null {
  if (precision !== 'int8') return null
  return 'This decoder computes in 8 bits, which is as coarse as many effects of a suppression: take its relevance with care, or use another precision.'
}
