import { z } from 'zod'
import { modelIdentity } from './model/model-info.ts'
import { explainParameters, providers } from './parameters.ts'
import {
  count,
  floats,
  inputIndexSchema,
  list,
  positionSchema,
  sha256,
  strict,
  targetIndexSchema,
  tokenIdSchema,
} from './schema.ts'
import { textRoles } from './text-role.ts'
import type { TextRole } from './text-role.ts'

// Views take it from its own file: whatever runs in a page stays free of schemas.
export { textRoles }
export type { TextRole }

/** How many candidates are kept of every target. */
export const candidateCount = 5

/** Parts of the sequence a position may belong to. */
const segments = ['image', 'prompt', 'completion'] as const

/** Half-open range of UTF-16 code units in a text. */
export const characterSpan = strict({ start: count, end: count })
/** See {@link characterSpan}. */
export type CharacterSpan = z.infer<typeof characterSpan>

const token = {
  id: tokenIdSchema,
  /** What the token adds to the text; part of a character may show as U+FFFD. */
  text: z.string(),
  /** Where it stands in its own text (prompt or completion). */
  span: characterSpan,
}

/** A token as the tokenizer cut it out of a text. */
export const textToken = strict(token)
/** See {@link textToken}. */
export type TextToken = z.infer<typeof textToken>

/** A token the model might have said at some position. */
export const candidate = strict({
  id: tokenIdSchema,
  text: z.string(),
  /** Natural logarithm of its probability, in nats. */
  logprob: z.number(),
})
/** See {@link candidate}. */
export type Candidate = z.infer<typeof candidate>

/** A token the model wrote, with the five it found most probable there (itself need not be among them when sampled or given). */
export const generatedToken = strict({ ...token, logprob: z.number(), candidates: list(candidate) })
/** See {@link generatedToken}. */
export type GeneratedToken = z.infer<typeof generatedToken>

/** How the picture's positions lie on a grid, row by row from the top left; position of a patch is `start + row * columns + column`. */
export const patchGrid = strict({
  rows: count,
  columns: count,
  /** Position of the first patch in the sequence. */
  start: count,
})
/** See {@link patchGrid}. */
export type PatchGrid = z.infer<typeof patchGrid>

/** Kinds of input: a patch of the picture, a token, a word of several tokens, a sentence or paragraph. */
export const inputKinds = ['patch', 'token', 'word', 'chunk'] as const
/** One of {@link inputKinds}. */
export type InputKind = (typeof inputKinds)[number]

/** One row of the relevance matrix: a part of the sequence that is suppressed. */
export const input = strict({
  index: inputIndexSchema,
  kind: z.enum(inputKinds),
  segment: z.enum(segments),
  /** Zero-based place in the patch grid; `null` for text. */
  row: count.nullable(),
  column: count.nullable(),
  /** The text suppressed; empty for a patch. */
  text: z.string(),
  /** Positions suppressed at once, ascending; one for a patch or a token (its neighbours are not listed). */
  members: list(positionSchema),
})
/** See {@link input}. */
export type Input = z.infer<typeof input>

/** One column of the relevance matrix: a token whose log-probability is watched. */
export const target = strict({
  /** Column of the matrix. */
  column: targetIndexSchema,
  /** Zero-based place within its segment. */
  index: count,
  segment: z.enum(textRoles),
  id: tokenIdSchema,
  text: z.string(),
  /** Unchanged log-probability, in nats. */
  logprob: z.number(),
  /** The five most probable tokens here, in the unchanged run. */
  candidates: list(candidate),
})
/** See {@link target}. */
export type Target = z.infer<typeof target>

/** Relevance R of paper Eq. 5, in nats, row-major `[inputs, targets]`: positive means the target needed that input. */
export const relevanceMatrix = strict({
  inputs: count,
  targets: count,
  values: floats,
  /**
   * How much each of the target's `candidates` lost when the input was suppressed, `[inputs, targets, 5]`, in nats, the same sign as `values`.
   * "Why X and not Y" is the difference of two of them. NaN where a target has fewer than five candidates.
   */
  candidates: floats,
})
/** See {@link relevanceMatrix}. */
export type RelevanceMatrix = z.infer<typeof relevanceMatrix>

/** A box in pixels of the oriented picture; edges may be fractional. */
export const pixelBox = strict({ left: z.number(), top: z.number(), width: z.number(), height: z.number() })
/** See {@link pixelBox}. */
export type PixelBox = z.infer<typeof pixelBox>

/** Formats of picture that are opened. */
export const pictureFormats = ['jpeg', 'png', 'webp', 'gif', 'tiff'] as const
/** One of {@link pictureFormats}. */
export type PictureFormat = (typeof pictureFormats)[number]

/** A picture as it was read and shown to the model. */
export const pictureProvenance = strict({
  /** SHA-256 of the file's bytes, hexadecimal. */
  sha256,
  format: z.enum(pictureFormats),
  /** Size in pixels after the EXIF orientation was applied. */
  width: count,
  height: count,
  /** What was done to it, in the user's words: "rotated as its EXIF orientation 6 asks", "first of 12 frames". */
  notes: list(z.string()),
  /** Part of the oriented picture the model really saw, in its pixels. */
  seen: pixelBox,
})
/** See {@link pictureProvenance}. */
export type PictureProvenance = z.infer<typeof pictureProvenance>

const milliseconds = z.number().min(0)

/** Where the time went, in milliseconds, and how many passes were run. */
export const explainTimings = strict({
  loadMs: milliseconds,
  imageMs: milliseconds,
  generateMs: milliseconds,
  sweepMs: milliseconds,
  passes: count,
  /** Whether keys and values of the picture's rows came from the image bank. */
  bank: z.enum(['none', 'cold', 'warm']),
})
/** See {@link explainTimings}. */
export type ExplainTimings = z.infer<typeof explainTimings>

/** Fields of the record but the matrix, which travels as bytes in memory and as rows of numbers in a file (record-file.ts). */
export const recordFields = {
  model: modelIdentity,
  provider: z.enum(providers),
  parameters: explainParameters,
  picture: pictureProvenance.nullable(),
  grid: patchGrid.nullable(),
  prompt: strict({ text: z.string(), tokens: list(textToken) }),
  completion: strict({ text: z.string(), tokens: list(generatedToken), given: z.boolean() }),
  inputs: list(input),
  targets: list(target),
  timings: explainTimings,
}

/** The record: a completion and what every part of the input contributed to each of its tokens. */
export const explanation = strict({ ...recordFields, relevance: relevanceMatrix })
/** See {@link explanation}. */
export type Explanation = z.infer<typeof explanation>

/** Whether an explanation holds as many numbers as its inputs and targets ask for. */
export function isWhole({ inputs, targets, relevance }: Explanation): boolean {
  const { values, candidates } = relevance
  const cells = inputs.length * targets.length
  return (
    relevance.inputs === inputs.length &&
    relevance.targets === targets.length &&
    values.length === cells &&
    candidates.length === candidateCount * cells
  )
}
