import { z } from 'zod'
import type { Position } from '../values/brand.ts'
import { position } from '../values/brand.ts'

/** What one pass says in which several positions were suppressed at once (method, "Joint suppression"). Never the mean of single passes. */
export const jointPass = z.strictObject({
  /** Positions suppressed, ascending, each once. */
  members: z.array(z.int().min(0).transform(position)),
  /** Whether their neighbours were suppressed with them, each by its similarity. */
  neighbours: z.boolean(),
  /** Relevance of them all together for every target of the record, in its order (paper Eq. 5), `[targets]`, in nats. */
  relevance: z.instanceof(Float32Array),
  /** The same for each of the targets' five candidates, `[targets, 5]`, in nats; NaN where a target has fewer. */
  candidates: z.instanceof(Float32Array),
})

/** See {@link jointPass}. */
export interface JointPass extends Omit<z.infer<typeof jointPass>, 'members'> {
  readonly members: readonly Position[]
}
