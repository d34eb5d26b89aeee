import { z } from 'zod'
import {
  entryId,
  explanation,
  floats,
  generatedToken,
  grid,
  input,
  progress,
  provenance,
  relevance,
  target,
  textToken,
} from './schemas.ts'

const generating = [
  z.strictObject({ kind: z.literal('image-ready'), grid, picture: provenance }),
  z.strictObject({ kind: z.literal('prompt'), tokens: z.array(textToken) }),
  z.strictObject({ kind: z.literal('token'), token: generatedToken }),
  z.strictObject({
    kind: z.literal('completion'),
    text: z.string(),
    tokens: z.array(generatedToken),
    stopped: z.enum(['stop-token', 'length', 'given']),
  }),
] as const

/** Waiting in the queue: how many requests come first. */
const queued = z.strictObject({ kind: z.literal('queued'), ahead: z.int().min(0) })

/** What `generate.start` tells; see `GenerateEvent` of the engine. */
export const generateEvent = z.discriminatedUnion('kind', [queued, ...generating])

/** What `explain.start` tells; see `ExplainEvent` of the engine. `saved` follows `done` once the library has the entry. */
export const explainEvent = z.discriminatedUnion('kind', [
  queued,
  ...generating,
  z.strictObject({ kind: z.literal('bank-progress'), progress }),
  z.strictObject({
    kind: z.literal('coarse'),
    map: z.strictObject({ rows: z.int(), columns: z.int(), targets: z.array(target), values: floats }),
  }),
  z.strictObject({ kind: z.literal('sweep-progress'), progress }),
  z.strictObject({ kind: z.literal('relevance'), inputs: z.array(input), targets: z.array(target), relevance }),
  z.strictObject({ kind: z.literal('done'), explanation, cached: z.boolean() }),
  z.strictObject({ kind: z.literal('saved'), entry: entryId }),
])

/** What `picture.prepare` tells while the image bank fills. */
export const prepareEvent = z.discriminatedUnion('kind', [queued, z.strictObject({ kind: z.literal('bank-progress'), progress })])

/** One event of `explain.start`. */
export type ExplainStreamEvent = z.infer<typeof explainEvent>
