import { z } from 'zod'
import type { TokenId, InputIndex, Position, TargetIndex } from '../values/brand.ts'
import type { Explanation } from '../explanation/record.ts'
import { chunkings, inputSelections, targetSelections, variants } from '../explanation/parameters.ts'

/** Longest prompt or target taken, in UTF-16 code units: far above any model's context, far below what would fill a memory. */
const longestText = 100_000

const index = z
  .int()
  .min(0)
  .max(1 << 24)
const branded = <Branded extends number>() => index.transform((value) => value as Branded)
const milliseconds = z.number().min(0)

/** Bytes that are numbers: 32-bit floats, copied as they are. */
export const floats = z.instanceof(Float32Array)
/** Bytes as they are in a file. */
export const bytes = z.instanceof(Uint8Array)
/** SHA-256 in hexadecimal: the name of a picture. */
export const sha256 = z.string().regex(/^[0-9a-f]{64}$/)
/** Name of a history entry, made by the library. */
export const entryId = z.uuid()

/** Text a person wrote. */
export const text = z.string().max(longestText)

/** See `Suppression`. */
export const suppression = z.strictObject({
  strength: z.number().min(-10).max(1),
  threshold: z.number().min(-1).max(1).nullable(),
  variant: z.enum(variants),
  layers: z.array(index).max(1024).nullable(),
})

/** See `Sampling`. */
export const sampling = z.strictObject({
  maxNewTokens: z.int().min(1).max(4096),
  temperature: z.number().min(0).max(10),
  topK: z
    .int()
    .min(0)
    .max(1 << 20),
  topP: z.number().gt(0).max(1),
  seed: z
    .int()
    .min(0)
    .max(2 ** 32 - 1),
})

/** See `Steering`. */
export const steering = z.strictObject({ positions: z.array(index).min(1).max(65_536), factor: z.number().min(0).max(10) })

/** See `PatchGrid`. */
export const grid = z.strictObject({ rows: index, columns: index, start: index })

const span = z.strictObject({ start: index, end: index })
const token = { id: branded<TokenId>(), text: z.string(), span }
const candidate = z.strictObject({ id: branded<TokenId>(), text: z.string(), logprob: z.number() })

/** See `TextToken`. */
export const textToken = z.strictObject(token)
/** See `GeneratedToken`. */
export const generatedToken = z.strictObject({ ...token, logprob: z.number(), candidates: z.array(candidate) })

const box = z.strictObject({ left: z.number(), top: z.number(), width: z.number(), height: z.number() })

/** See `PictureProvenance`. */
export const provenance = z.strictObject({
  sha256,
  format: z.enum(['jpeg', 'png', 'webp', 'gif', 'tiff']),
  width: index,
  height: index,
  notes: z.array(z.string()),
  seen: box,
})

/** See `Input`. */
export const input = z.strictObject({
  index: branded<InputIndex>(),
  kind: z.enum(['patch', 'token', 'word', 'chunk']),
  segment: z.enum(['image', 'prompt', 'completion']),
  row: index.nullable(),
  column: index.nullable(),
  text: z.string(),
  members: z.array(branded<Position>()),
})

/** See `Target`. */
export const target = z.strictObject({
  column: branded<TargetIndex>(),
  index,
  segment: z.enum(['prompt', 'completion']),
  id: branded<TokenId>(),
  text: z.string(),
  logprob: z.number(),
  candidates: z.array(candidate),
})

/** See `RelevanceMatrix`. */
export const relevance = z.strictObject({ inputs: index, targets: index, values: floats, candidates: floats })

/** See `ModelIdentity`. */
const modelIdentity = {
  name: z.string(),
  sha256,
  family: z.string(),
  precision: z.enum(['f32', 'fp16', 'q4', 'int8']),
}

/** See `ModelInfo`. */
export const modelInfo = z.strictObject({
  ...modelIdentity,
  grid: z.strictObject({ rows: index, columns: index }).nullable(),
  imageSize: index.nullable(),
  layers: index,
  heads: index,
  keyValueHeads: index,
  headSize: index,
  hiddenSize: index,
  vocabularySize: index,
  maxPositions: index,
  knows: z.string().nullable(),
})

/** See `Provider`. */
export const provider = z.enum(['cuda', 'webgpu', 'cpu'])
/** See `Progress`. */
export const progress = z.strictObject({ done: index, total: index })
/** See `InputSelection`. */
const inputSelection = z.enum(inputSelections)
/** See `TargetSelection`. */
export const targetSelection = z.enum(targetSelections)
/** See `Chunking`. */
export const chunking = z.enum(chunkings)

/** See `Explanation`. */
export const explanation = z.strictObject({
  model: z.strictObject(modelIdentity),
  provider,
  parameters: z.strictObject({
    suppression,
    sampling,
    inputs: inputSelection,
    targets: targetSelection,
    chunks: chunking.nullable(),
  }),
  picture: provenance.nullable(),
  grid: grid.nullable(),
  prompt: z.strictObject({ text: z.string(), tokens: z.array(textToken) }),
  completion: z.strictObject({ text: z.string(), tokens: z.array(generatedToken), given: z.boolean() }),
  inputs: z.array(input),
  targets: z.array(target),
  relevance,
  timings: z.strictObject({
    loadMs: milliseconds,
    imageMs: milliseconds,
    generateMs: milliseconds,
    sweepMs: milliseconds,
    passes: index,
    bank: z.enum(['none', 'cold', 'warm']),
  }),
}) satisfies z.ZodType<Explanation>
