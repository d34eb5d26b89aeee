import type { BatchLimits } from '../../../shared/atman/sweep-plan.ts'
import type { ModelInfo } from '../../../shared/explanation/model/model-info.ts'
import type { Provider, Variant } from '../../../shared/explanation/parameters.ts'
import { fail, failureOf } from '../../../shared/contract/failure.ts'
import { instrumentDecoder } from '../../graph/instrument.ts'
import { batchLimits } from '../runtime/batch-limits.ts'
import type { Decoder } from '../runtime/decoder.ts'
import { decoderOver } from '../runtime/decoder.ts'
import type { EngineOptions } from '../engine.ts'
import type { ModelFolder } from './model-folder.ts'
import { openModelFolder } from './model-folder.ts'
import type { PictureParts } from '../picture/picture-parts.ts'
import { openPictureParts } from '../picture/picture-parts.ts'
import { chooseProvider } from '../runtime/provider.ts'
import { openTokenEmbedder } from '../text/token-embedder.ts'
import { openSession } from '../runtime/session.ts'
import type { Tokenizer } from '../text/tokenizer.ts'
import { openTokenizer } from '../text/tokenizer.ts'

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
  /** What loading took, in milliseconds; decoders of further variants are loaded when they are first used. */
  readonly loadMs: number
  /** Embeddings of tokens, `[tokens, hidden]`. */
  embedTokens(ids: readonly number[]): Promise<Float32Array>
  /** What embeds pictures; `picture-refused` for a model that reads text only. */
  forPicture(): PictureParts
  /** The decoder instrumented for one variant, loaded on first use. */
  decoder(variant: Variant): Promise<Decoder>
  /** Frees all sessions. */
  release(): Promise<void>
}

/** Reads a model folder and loads what every question needs. */
export async function loadModel(path: string, options: EngineOptions): Promise<LoadedModel> {
  const started = performance.now()
  const folder = await openModelFolder(path, undefined, options.cacheFolder)
  const provider = await chooseProvider(options.device)
  const tokenizer = await openTokenizer(folder)
  const [info, embedder, picture] = await Promise.all([
    folder.info(),
    openTokenEmbedder(folder, provider),
    openPictureParts(folder, provider),
  ])
  const decoders = decodersOf(folder, provider, options.cacheFolder)
  await decoders.decoder('shifted')
  return {
    info,
    provider,
    tokenizer,
    stopTokens: folder.config.stopTokens,
    imageToken: folder.config.picture?.imageToken ?? null,
    limits: batchLimits(info, options.batch),
    loadMs: performance.now() - started,
    embedTokens: (ids) => embedder.embed(ids),
    forPicture: () => picture ?? fail('picture-refused', { model: info.name }),
    decoder: (variant) => decoders.decoder(variant),
    release: async () => {
      await Promise.all([decoders.release(), embedder.release(), picture?.release()])
    },
  }
}

interface Decoders {
  decoder(variant: Variant): Promise<Decoder>
  release(): Promise<void>
}

/** One decoder per variant, each loaded once; a failed load is tried again. */
function decodersOf(folder: ModelFolder, provider: Provider, cacheFolder: string | null): Decoders {
  const loaded = new Map<Variant, Promise<Decoder>>()
  return {
    decoder: (variant) => {
      const known = loaded.get(variant) ?? loadDecoder(folder, provider, variant, cacheFolder)
      loaded.set(variant, known)
      known.catch(() => loaded.delete(variant))
      return known
    },
    release: async () => {
      const decoders = await Promise.allSettled(loaded.values())
      await Promise.all(decoders.flatMap((decoder) => (decoder.status === 'fulfilled' ? [decoder.value.release()] : [])))
      loaded.clear()
    },
  }
}

async function loadDecoder(
  folder: ModelFolder,
  provider: Provider,
  variant: Variant,
  cacheFolder: string | null,
): Promise<Decoder> {
  const file = folder.files.decoder
  const graph = await instrumentDecoder(file, variant, cacheFolder, { shared: true })
  const setup = { provider, weightsFolder: graph.weightsFolder, foldingLimit: graph.largestInitializerBytes }
  try {
    return decoderOver(await openSession(graph.bytes, setup), graph)
  } catch (error) {
    if (failureOf(error) !== null) throw error
    return fail('model-invalid', { model: folder.name, file: 'the decoder', reason: 'cannot be loaded by ONNX Runtime' }, error)
  }
}
