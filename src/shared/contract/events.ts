import { z } from 'zod'
import {
  explanation,
  generatedToken,
  input,
  patchGrid,
  pictureProvenance,
  relevanceMatrix,
  target,
  textToken,
} from '../explanation/record.ts'
import { floats, list, strict } from '../explanation/schema.ts'
import { entryId, progress } from './schemas.ts'

const generating = [
  strict({ kind: z.literal('image-ready'), grid: patchGrid, picture: pictureProvenance }),
  strict({ kind: z.literal('prompt'), tokens: list(textToken) }),
  strict({ kind: z.literal('token'), token: generatedToken }),
  strict({
    kind: z.literal('completion'),
    text: z.string(),
    tokens: list(generatedToken),
    stopped: z.enum(['stop-token', 'length', 'given']),
  }),
] as const

/** What the engine sends while it generates. */
export type GenerateEvent = z.infer<(typeof generating)[number]>

/** What comes on the way to an explanation; all but `relevance` may repeat. */
const sweeping = [
  strict({ kind: z.literal('bank-progress'), progress }),
  /** A map of blocks of patches, shown until the full one is there: relevance `[rows * columns, targets]` in nats. */
  strict({
    kind: z.literal('coarse'),
    map: strict({ rows: z.int(), columns: z.int(), targets: list(target), values: floats }),
  }),
  strict({ kind: z.literal('sweep-progress'), progress }),
  strict({ kind: z.literal('relevance'), inputs: list(input), targets: list(target), relevance: relevanceMatrix }),
] as const

const done = { kind: z.literal('done'), explanation }

/** What the engine sends while it explains, in this order. */
export type ExplainEvent = GenerateEvent | z.infer<(typeof sweeping)[number]> | Readonly<z.infer<z.ZodObject<typeof done>>>

/** Waiting in the queue: how many requests come first. */
const queued = strict({ kind: z.literal('queued'), ahead: z.int().min(0) })

/** Events of `generate.start`. */
export const generateEvent = z.discriminatedUnion('kind', [queued, ...generating])

/** Events of `explain.start`. `saved` follows `done` once the library has the entry. */
export const explainEvent = z.discriminatedUnion('kind', [
  queued,
  ...generating,
  ...sweeping,
  strict({ ...done, cached: z.boolean() }),
  strict({ kind: z.literal('saved'), entry: entryId }),
])

/** Events of `picture.prepare` while the image bank fills. */
export const prepareEvent = z.discriminatedUnion('kind', [queued, strict({ kind: z.literal('bank-progress'), progress })])

/** One event of `explain.start`. */
export type ExplainStreamEvent = z.infer<typeof explainEvent>
