import type { ModelInfo } from '../../shared/domain/model-info.ts'
import type { PatchGrid } from '../../shared/domain/patch-grid.ts'
import type { Provider, Variant } from '../../shared/domain/parameters.ts'
import type { BatchLimits } from '../../shared/atman/sweep-plan.ts'
import { fail, failureOf } from '../../shared/domain/failure.ts'
import { instrumentDecoder } from '../graph/instrument.ts'
import { batchLimits } from './batch-limits.ts'
import type { Decoder } from './decoder.ts'
import { decoderOver } from './decoder.ts'
import type { EngineOptions } from './engine.ts'
import type { ModelFolder } from './model-folder.ts'
import type { PreprocessorConfig } from './preprocess.ts'
import type { FloatTensor, Session } from './session.ts'
import { integers, openSession } from './session.ts'
import type { Tokenizer } from './tokenizer.ts'
import { openTokenizer } from './tokenizer.ts'

/** A model ready to work. */
export interface LoadedModel {
  readonly info: ModelInfo
  readonly provider: Provider
  readonly tokenizer: Tokenizer
  /** Tokens that end a completion and are never part of it. */
  readonly stopTokens: ReadonlySet<number>
  /** The token that marks a picture's place; it must not stand in a prompt. */
  readonly imageToken: number | null
  readonly limits: BatchLimits
  /** Embeddings of tokens, `[tokens, hidden]`. */
  embedTokens(ids: readonly number[]): Promise<Float32Array>
  /** What embeds pictures; refused by a model that reads text only. */
  forPicture(): PictureParts
  /** The decoder instrumented for one variant, loaded on first use. */
  decoder(variant: Variant): Promise<Decoder>
  /** Frees all sessions. */
  release(): Promise<void>
}

/** What a picture needs. */
export interface PictureParts {
  readonly preprocessor: PreprocessorConfig
  readonly grid: PatchGrid
  /** Patch embeddings `[patches, hidden]` of pixels `[1, 3, height, width]`. */
  vision(pixels: FloatTensor): Promise<Float32Array>
}

