import { readFile, realpath, stat } from 'node:fs/promises'
import { basename, resolve } from 'node:path'
import type { ModelInfo } from '../../../shared/explanation/model/model-info.ts'
import { precisionSuffixes } from '../../../shared/explanation/model/precision.ts'
import type { Precision } from '../../../shared/explanation/model/precision.ts'
import { fail } from '../../../shared/contract/failure.ts'
import { summaryOfCard } from './model-card.ts'
import type { ModelConfig } from './model-config.ts'
import { readModelConfig } from './model-config.ts'
import type { ModelPlace } from './model-file.ts'
import { findModelFile, invalid } from './model-file.ts'
import { hashModel } from './model-hash.ts'
import type { PreprocessorConfig } from '../picture/preprocess.ts'
import { readPreprocessorConfig } from '../picture/preprocessor-config.ts'

/** A model folder in the Hugging Face ONNX layout, read and checked; nothing of it is loaded yet. */
export interface ModelFolder extends ModelPlace {
  readonly config: ModelConfig
  /** How pictures are made ready; `null` for a model that reads text only. */
  readonly preprocessor: PreprocessorConfig | null
  /** Absolute paths of the graphs. */
  readonly files: ModelFiles
  /** Precision of the decoder file. */
  readonly precision: Precision
  /** One line from the model card; `null` without one. */
  readonly knows: string | null
  /** SHA-256 over the model's files, hexadecimal; see {@link hashModel}. Computed once, when first asked for. */
  sha256(): Promise<string>
  /** All that is known of the model; asks for the hash. */
  info(): Promise<ModelInfo>
}

/** The graphs of a model. */
export interface ModelFiles {
  readonly visionEncoder: string | null
  readonly embedTokens: string
  readonly decoder: string
}

/** What a model says of itself without being hashed. */
export type ModelSummary = Omit<ModelInfo, 'sha256'>

/** Longest model card that is read, in bytes. */
const longestCard = 1024 * 1024

/**
 * Reads and checks a model folder.
 * @param path the folder; its last part is the model's name unless `name` says another
 * @param cacheFolder keeps hashes of files that have not changed; `null` computes them again
 * @throws `model-missing`, `model-file-missing`, `model-invalid` or `model-unsafe`
 */
export async function openModelFolder(
  path: string,
  name: string = basename(resolve(path)),
  cacheFolder: string | null = null,
): Promise<ModelFolder> {
  const place = { root: await resolveFolder(path, name), name }
  const config = await readModelConfig(place)
  const { graphs, precision } = await findGraphs(place, config)
  const preprocessor = config.picture === null ? null : await readPreprocessorConfig(place, config.picture.imageSize)
  const knows = await readCard(place)
  let hash: Promise<string> | null = null
  const sha256 = (): Promise<string> => (hash ??= hashModel(place, cacheFolder))
  return {
    ...place,
    config,
    preprocessor,
    files: graphs,
    precision,
    knows,
    sha256,
    info: async () => ({ ...summarise({ name, config, precision, knows }), sha256: await sha256() }),
  }
}

/** What a model says of itself, without the hash. */
export function summarise({
  name,
  config,
  precision,
  knows,
}: Pick<ModelFolder, 'name' | 'config' | 'precision' | 'knows'>): ModelSummary {
  const { family, layers, heads, keyValueHeads, headSize, hiddenSize, vocabularySize, maxPositions, picture } = config
  const sizes = { layers, heads, keyValueHeads, headSize, hiddenSize, vocabularySize, maxPositions }
  return { name, family, precision, grid: picture?.grid ?? null, imageSize: picture?.imageSize ?? null, ...sizes, knows }
}

async function resolveFolder(path: string, name: string): Promise<string> {
  const root = await realpath(path).catch((error: unknown) => fail('model-missing', { name }, error))
  return (await stat(root)).isDirectory() ? root : fail('model-missing', { name })
}

async function findGraphs(place: ModelPlace, config: ModelConfig): Promise<{ graphs: ModelFiles; precision: Precision }> {
  const vision = await findGraph(place, 'vision_encoder')
  const embed = (await findGraph(place, 'embed_tokens')) ?? missingGraph(place, 'embed_tokens')
  const decoder = (await findGraph(place, 'decoder_model_merged')) ?? missingGraph(place, 'decoder_model_merged')
  if (config.picture !== null && vision === null) missingGraph(place, 'vision_encoder')
  if (config.picture === null && vision !== null)
    invalid(place, 'config.json', 'says nothing of the pictures that onnx/vision_encoder reads')
  return {
    graphs: { visionEncoder: vision?.path ?? null, embedTokens: embed.path, decoder: decoder.path },
    precision: decoder.precision,
  }
}

async function findGraph(place: ModelPlace, graph: string): Promise<{ path: string; precision: Precision } | null> {
  for (const [suffix, precision] of precisionSuffixes) {
    const path = await findModelFile(place, `onnx/${graph}${suffix}.onnx`)
    if (path !== null) return { path, precision }
  }
  return null
}

function missingGraph(place: ModelPlace, graph: string): never {
  return fail('model-file-missing', { model: place.name, file: `onnx/${graph}.onnx` })
}

async function readCard(place: ModelPlace): Promise<string | null> {
  const path = await findModelFile(place, 'README.md')
  if (path === null || (await stat(path)).size > longestCard) return null
  return summaryOfCard(await readFile(path, 'utf8'))
}
