import { z } from 'zod'
import { precision, precisionFacts } from './precision.ts'
import { count, sha256, strict } from '../schema.ts'

const identity = {
  /** Folder name, as the person picks it. */
  name: z.string(),
  /** SHA-256 over the model's files, hexadecimal. */
  sha256,
  /** `model_type` of config.json. */
  family: z.string(),
  precision,
}

/** Which model made a number: enough to tell two apart and to find it again. */
export const modelIdentity = strict(identity)
/** See {@link modelIdentity}. */
export type ModelIdentity = z.infer<typeof modelIdentity>

/** What tells a model apart, of all that is known about it. */
export function identityOf({ name, sha256, family, precision }: ModelIdentity): ModelIdentity {
  return { name, sha256, family, precision }
}

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
export function modelCaution(model: Pick<ModelIdentity, 'precision'>): string | null {
  return precisionFacts(model.precision).caution
}
