import type { ExplainEvent, GenerateEvent } from '../../shared/contract/events.ts'
import type { ShownPicture } from '../../shared/contract/library.ts'
import type { Steering } from '../../shared/contract/schemas.ts'
import type {
  Chunking,
  Device,
  InputSelection,
  Provider,
  Sampling,
  Suppression,
  TargetSelection,
} from '../../shared/explanation/parameters.ts'
import type { PictureProvenance } from '../../shared/explanation/record.ts'
import type { TokenId } from '../../shared/values/brand.ts'
import type { JointPass } from '../../shared/explanation/joint-pass.ts'
import type { ModelInfo } from '../../shared/explanation/model/model-info.ts'
import type { Progress } from '../../shared/values/progress.ts'

export type { ExplainEvent, GenerateEvent, ShownPicture, Steering }

/** A picture as the person chose it: the file's bytes, read once, and the name to speak of it. */
export interface PictureSource {
  readonly name: string
  readonly bytes: Uint8Array
}

/** What to write. */
export interface GenerateRequest {
  readonly picture: PictureSource | null
  readonly prompt: string
  readonly sampling: Sampling
  /** Factors over positions of picture and prompt, applied by `variant` in every step; empty for plain generation. */
  readonly steering: readonly Steering[]
  readonly suppression: Suppression
}

/** What to explain. */
export interface ExplainRequest {
  readonly picture: PictureSource | null
  readonly prompt: string
  /** Text given by the person, explained instead of the model's own completion; `null` lets the model write. */
  readonly target: string | null
  /** Zero-based completion token to explain alone; `null` explains all. */
  readonly token: number | null
  readonly sampling: Sampling
  readonly suppression: Suppression
  readonly inputs: InputSelection
  readonly targets: TargetSelection
  readonly chunks: Chunking | null
  /** Coarse 3x3 and 6x6 maps before the full one. They cost passes; the command line, which shows nothing in between, leaves them out. */
  readonly coarse: boolean
}

/** A picture that was read completely, and what to show of it. */
export interface PictureViews {
  readonly provenance: Omit<PictureProvenance, 'seen'>
  /** Upright, at most 2,000 pixels on the longer edge. */
  readonly display: ShownPicture
  /** At most 192 pixels on the longer edge. */
  readonly thumbnail: ShownPicture
}

/** A sequence whose positions are compared: picture, prompt, and the completion's tokens. */
export interface SimilarityRequest {
  readonly picture: PictureSource | null
  readonly prompt: string
  /** Vocabulary entries; the last one is read by nobody and left out, as in the sweep. */
  readonly completion: readonly TokenId[]
}

/** Cosines of the embeddings of all positions with each other (paper Eq. 6), `[length, length]`. */
export interface Similarity {
  readonly length: number
  readonly cosines: Float32Array
}

/** Sets of positions of a sequence, each suppressed at once in one pass. */
export interface JointRequest {
  readonly picture: PictureSource | null
  readonly prompt: string
  /** Vocabulary entries; the last one is predicted but never read. */
  readonly completion: readonly TokenId[]
  readonly suppression: Suppression
  readonly targets: TargetSelection
  /** Positions that the decoder reads, in any order; none of the sets is empty. */
  readonly parts: readonly (readonly number[])[]
}

/** A model that is ready, and the provider that runs it. */
export interface ReadyModel {
  readonly info: ModelInfo
  readonly provider: Provider
}

/** How an engine is set up; fixed for its life. */
export interface EngineOptions {
  readonly device: Device
  /** Most memory the image bank may keep, in MiB. 0 switches it off. */
  readonly bankMiB: number
  /** Most rows in one batch; `null` lets memory decide. */
  readonly batch: number | null
  /** Folder for rewritten decoders, safe to delete; `null` keeps them in memory only. */
  readonly cacheFolder: string | null
}

/** The model at work. Two implementations: in this process (command line, tests) and behind a process of its own (app). */
export interface Engine {
  /** Loads a model folder and makes it current; loading it again is free. */
  load(folder: string): Promise<ReadyModel>
  /** Completes a prompt, token by token. */
  generate(request: GenerateRequest, signal: AbortSignal): AsyncGenerator<GenerateEvent>
  /** Completes a prompt, or takes the given target, and explains its tokens. */
  explain(request: ExplainRequest, signal: AbortSignal): AsyncGenerator<ExplainEvent>
  /** Fills the image bank for a picture, so that questions about it are quick. Yields progress in passes. */
  prepare(picture: PictureSource, suppression: Suppression, signal: AbortSignal): AsyncGenerator<Progress>
  /** Reads a picture and makes it ready for showing. Needs no model. */
  renderViews(picture: PictureSource, signal: AbortSignal): Promise<PictureViews>
  /** The picture as the model sees it: cut and resized, as a PNG. */
  renderModelInput(picture: PictureSource, signal: AbortSignal): Promise<ShownPicture>
  /** Compares the positions of a sequence, for whoever wants to see neighbourhoods without a sweep. */
  similarity(request: SimilarityRequest, signal: AbortSignal): Promise<Similarity>
  /**
   * Suppresses every part in one pass (method, "Joint suppression"); answers in the order of the parts.
   * @throws `position-out-of-range`
   */
  jointPasses(request: JointRequest, signal: AbortSignal): Promise<readonly JointPass[]>
  /** Frees sessions and memory. */
  close(): Promise<void>
}
