import type {
  EngineOptions,
  ExplainEvent,
  ExplainRequest,
  GenerateEvent,
  GenerateRequest,
  JointRequest,
  PictureSource,
  PictureViews,
  ReadyModel,
  ShownPicture,
  Similarity,
  SimilarityRequest,
} from '../../engine.ts'
import type { Failure } from '../../../../shared/contract/failure.ts'
import type { JointPass } from '../../../../shared/explanation/joint-pass.ts'
import type { Progress } from '../../../../shared/values/progress.ts'
import type { Suppression } from '../../../../shared/explanation/parameters.ts'

/** Number of a job in one engine process; counted by the host, never used twice for the same process. */
export type JobId = number

/** A job and what it needs. `open` comes first and once: it builds the engine. */
export type JobRequest =
  | { readonly kind: 'open'; readonly options: EngineOptions }
  | { readonly kind: 'load'; readonly folder: string }
  | { readonly kind: 'generate'; readonly request: GenerateRequest }
  | { readonly kind: 'explain'; readonly request: ExplainRequest }
  | { readonly kind: 'prepare'; readonly picture: PictureSource; readonly suppression: Suppression }
  | { readonly kind: 'renderViews'; readonly picture: PictureSource }
  | { readonly kind: 'renderModelInput'; readonly picture: PictureSource }
  | { readonly kind: 'similarity'; readonly request: SimilarityRequest }
  | { readonly kind: 'jointPasses'; readonly request: JointRequest }
  | { readonly kind: 'close' }

/** The events of each kind of job. */
export interface JobEvents {
  readonly open: never
  readonly load: ReadyModel
  readonly generate: GenerateEvent
  readonly explain: ExplainEvent
  readonly prepare: Progress
  readonly renderViews: PictureViews
  readonly renderModelInput: ShownPicture
  readonly similarity: Similarity
  readonly jointPasses: readonly JointPass[]
  readonly close: never
}

/** Any event of any job. */
export type JobEvent = JobEvents[keyof JobEvents]

/** Messages from the host to the engine process. `cancel` takes effect between two batches; `ping` is answered then, too. */
export type ToEngine =
  | { readonly kind: 'job'; readonly id: JobId; readonly request: JobRequest }
  | { readonly kind: 'cancel'; readonly id: JobId }
  | { readonly kind: 'ping' }

/**
 * How a job ends: done, with an expected failure, or with a bug. Every job ends exactly once, unless the process goes first.
 * Errors do not cross processes whole, so a bug travels as its message and stack.
 */
export type JobEnd =
  | { readonly kind: 'end' }
  | { readonly kind: 'failure'; readonly failure: Failure }
  | { readonly kind: 'bug'; readonly message: string; readonly stack: string | null }

/** Memory of the engine process, in MiB. */
export interface Vitals {
  readonly residentMiB: number
  /** Most that was ever resident since the process started. */
  readonly peakMiB: number
}

/** Messages from the engine process to the host. Both directions travel by structured clone, so typed arrays keep every bit. */
export type FromEngine =
  | { readonly kind: 'event'; readonly id: JobId; readonly event: JobEvent }
  | { readonly kind: 'over'; readonly id: JobId; readonly end: JobEnd }
  | { readonly kind: 'heartbeat'; readonly vitals: Vitals }
