import { z } from 'zod'
import { floats, list, positionSchema, strict } from './schema.ts'

/** What became of every target when some positions were suppressed together, in one pass (method, "Joint suppression"). */
export const jointPass = strict({
  /** Positions suppressed together, ascending. */
  members: list(positionSchema, 65_536),
  /** Whether their neighbours were suppressed with them. */
  neighbours: z.boolean(),
  /** Log-probability each of the record's targets lost, `[targets]`, in nats. */
  relevance: floats,
  /** What each target's candidates lost, `[targets, 5]`, in nats; NaN where a target has fewer. */
  candidates: floats,
})
/** See {@link jointPass}. */
export type JointPass = z.infer<typeof jointPass>
