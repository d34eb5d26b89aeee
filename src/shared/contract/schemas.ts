import { z } from 'zod'
import { count, list, strict } from '../explanation/schema.ts'
import type { Progress } from '../values/progress.ts'

/** Longest prompt or target taken, in UTF-16 code units: far above any model's context, far below what would fill a memory. */
const longestText = 100_000

/** Bytes as they are in a file. */
export const bytes = z.instanceof(Uint8Array) as unknown as z.ZodType<Uint8Array, Uint8Array>
/** Name of a history entry, made by the library. */
export const entryId = z.uuid()
/** Text a person wrote. */
export const text = z.string().max(longestText)
/** Scales the attention paid to some positions while generating: 1 leaves them alone, 0 removes, above 1 amplifies. */
export const steering = strict({ positions: list(count, 65_536), factor: z.number().min(0).max(10) })
/** See {@link steering}. */
export type Steering = z.infer<typeof steering>
/** See {@link Progress}. */
export const progress: z.ZodType<Progress, Progress> = strict({ done: count, total: count })
