import { z } from 'zod'
import { candidateCount, textRoles } from './record.ts'
import { count, list, positionSchema, strict } from './schema.ts'

/** A watched token by its place in the text. Unlike its column it stays the same when a preview gives way to the exact map. */
export const targetRef = strict({
  segment: z.enum(textRoles),
  /** Zero-based place within its segment. */
  index: count,
})
/** See {@link targetRef}. */
export type TargetRef = z.infer<typeof targetRef>

/** Which tokens are explained: some, as the mean over them, or the whole answer. */
export const about = z.discriminatedUnion('kind', [
  strict({ kind: z.literal('tokens'), tokens: z.array(targetRef).min(1).max(4096).readonly() }),
  strict({ kind: z.literal('answer') }),
])
/** See {@link about}. */
export type About = z.infer<typeof about>

/** What the explained tokens are compared with: nothing, another token that could stand in the only one's place, or another record. */
export const against = z.discriminatedUnion('kind', [
  strict({ kind: z.literal('nothing') }),
  /** Place among the token's candidates, from 0. */
  strict({
    kind: z.literal('candidate'),
    place: z
      .int()
      .min(0)
      .max(candidateCount - 1),
  }),
  /** The record's id in the history, and which of its tokens. */
  strict({ kind: z.literal('record'), entry: z.uuid(), about }),
])
/** See {@link against}. */
export type Against = z.infer<typeof against>

/** A part of the input, asked about in reverse: which tokens drop without it? A cell, a lasso, a word. */
export const part = strict({
  kind: z.enum(['patches', 'text']),
  /** Positions in the sequence, ascending. */
  positions: list(positionSchema, 65_536),
})
/** See {@link part}. */
export type Part = z.infer<typeof part>

/**
 * What full colour stands for: `answer`, one maximum for all tokens of the answer, so that they can be compared; `token`, each token's own maximum, so that
 * a weak one shows its shape; `absolute`, the same for every answer and picture, so that two explanations can be compared.
 */
export const scales = ['answer', 'token', 'absolute'] as const
/** One of {@link scales}. */
export type Scale = (typeof scales)[number]

/** What a person asks of a record. A {@link import('./view.ts').View} answers it. */
export const question = strict({
  about,
  against,
  /** The part whose loss is asked for beside it; `null` for none. */
  without: part.nullable(),
  scale: z.enum(scales),
})
/** See {@link question}. */
export type Question = z.infer<typeof question>

/** What the whole answer needed, on the scale of the answer: what is asked while nobody asks anything else. */
export const wholeAnswer: Question = { about: { kind: 'answer' }, against: { kind: 'nothing' }, without: null, scale: 'answer' }
