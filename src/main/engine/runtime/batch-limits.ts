import type { BatchLimits } from '../../../shared/atman/sweep-plan.ts'
import type { ModelInfo } from '../../../shared/explanation/model/model-info.ts'
import { precisionFacts } from '../../../shared/explanation/model/precision.ts'

/** Memory that the activations of one batch may take, in bytes. Larger batches gain little and leave the processor's caches. */
const activationBytes = 64 * 2 ** 20

/** Rows of a batch where the person sets none; more gain nothing. */
const mostRows = 48

/** Starting a batch costs about as much as computing this many positions (measured with the embedded model on two cores). */
const overhead = 24

/**
 * Batch sizes that keep the memory of a pass bounded: a position holds some sixteen vectors of the hidden size at once (the widest are the
 * MLP's) and four rows of attention scores in every head.
 * Rows of a dynamically quantised decoder share their scales, so that one row changes another: those run alone.
 * @param rows most rows in a batch as the person set it; `null` lets memory decide
 */
export function batchLimits(info: ModelInfo, rows: number | null): BatchLimits {
  const perPosition = 4 * (16 * info.hiddenSize + 4 * info.heads * info.maxPositions)
  return {
    rows: precisionFacts(info.precision).sharesScales ? 1 : (rows ?? mostRows),
    positions: Math.max(1, Math.floor(activationBytes / perPosition)),
    overhead,
  }
}
