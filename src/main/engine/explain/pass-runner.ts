import type { BankRows, BatchLimits, SweepBatch } from '../../../shared/atman/sweep-plan.ts'
import type { Candidate } from '../../../shared/explanation/record.ts'
import type { Suppression, Variant } from '../../../shared/explanation/parameters.ts'
import type { EmbeddedImage } from '../picture/embed-image.ts'
import type { EmbeddedSequence } from '../sequence/embedded-sequence.ts'
import { frontPicture } from '../sequence/prefix.ts'

/** What a runner can do; the planner plans for it. */
export interface RunnerCapabilities {
  readonly variants: readonly Variant[]
  readonly limits: BatchLimits
}

/** A token whose log-probability is watched: predicted by the output at position `at`, which is the one before its own. */
export interface WatchedToken {
  readonly at: number
  readonly id: number
}

/** A sequence and the targets to be watched in it, the same for all passes of a sweep. */
export interface SweepSetup {
  /** Embeddings that enter the first layer, `[length, hidden]`. */
  readonly embeddings: Float32Array
  readonly length: number
  /** SHA-256 of the picture at the front of the sequence, by which a runner knows what it keeps of it; `null` where there is none. */
  readonly picture: string | null
  readonly suppression: Suppression
  readonly targets: readonly WatchedToken[]
}

/** What is opened for a sequence: its picture is named only where a runner may know it, at the front. */
export function sweepSetup(
  { embeddings, length }: EmbeddedSequence,
  image: EmbeddedImage | null,
  suppression: Suppression,
  targets: readonly WatchedToken[],
): SweepSetup {
  const front = frontPicture(image)
  return { embeddings, length, picture: front === null ? null : front.provenance.sha256, suppression, targets }
}

/** A planned batch with its factors, `[rows, length]`. */
export type FactorBatch = SweepBatch & { readonly factors: Float32Array }

/** Log-probabilities of one finished batch, `[rows, targets, 1 + candidates]`: the watched token first, then the unchanged run's candidates. */
export interface PassResult {
  readonly rows: readonly number[]
  readonly logprobs: Float32Array
}

/** The unchanged run, measured when a sweep is opened. */
export interface Baseline {
  /** Most probable tokens at each target, the best first; the same number for every target. */
  readonly candidates: readonly (readonly Candidate[])[]
  /** Log-probabilities laid out as one row of {@link PassResult}, `[targets, 1 + candidates]`. */
  readonly logprobs: Float32Array
}

/** A sequence ready to be swept. */
export interface OpenSweep {
  readonly baseline: Baseline
  /** Chunks of the image bank for this picture, where the runner keeps one; the planner leaves them whole. */
  readonly bank: { readonly chunks: readonly BankRows[]; readonly ready: boolean } | null
  /** Runs batches as they come and answers in the same order. Ends when its reader stops reading. */
  run(batches: AsyncIterable<FactorBatch>): AsyncIterable<PassResult>
}

/**
 * Executes the passes of a sweep. Today ONNX Runtime in this process; a remote inference server can stand here without the planner knowing.
 * Keys, values and the image bank never pass through it.
 */
export interface PassRunner {
  readonly capabilities: RunnerCapabilities
  /** Runs the sequence unchanged and makes ready for its sweep. */
  open(setup: SweepSetup, signal: AbortSignal): Promise<OpenSweep>
}
