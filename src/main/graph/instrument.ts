import { basename, dirname } from 'node:path'
import type { Variant } from '../../shared/explanation/parameters.ts'
import { inspectGraph } from './inspect.ts'
import type { Inspected } from './inspect.ts'
import { failFor, modelFileName } from './file/refusal.ts'
import type { ModelFileName } from './file/refusal.ts'
import { rewriteDecoder, surgeryVersion } from './rewrite.ts'
import type { DecoderDescription, Rewrite, RewriteOptions } from './rewrite.ts'
import { readRewrite, rewriteKey, writeRewrite } from './file/rewrite-cache.ts'

/** A decoder that takes factors and answers at targets; runs with its weights still in the original file. */
export interface InstrumentedDecoder extends DecoderDescription {
  /** The rewritten model. Weights are references (location, offset, length) into files of {@link weightsFolder}. */
  readonly bytes: Uint8Array
  /** Folder of the original file: session option `session.model_external_initializers_file_folder_path`. */
  readonly weightsFolder: string
  /** Size of the largest weight as float32, in bytes: what constant folding may produce at most. */
  readonly largestInitializerBytes: number
}

/**
 * Rewrites a decoder so that factors change its attention and only targets are scored (method, sections 2 to 4).
 *
 * Beside its own inputs it takes `atman_factors` float `[batch, keys]`, `atman_layers` float `[layers]` (1 changes a layer, 0 leaves
 * it), `target_positions` int64 `[targets]` (places among the new tokens, from 0) and `target_ids` int64 `[targets, ids]`. It gives
 * `target_logprobs` `[batch, targets, ids]` in nats, `target_logits` `[batch, targets, vocabulary]` and the original `present.*`.
 * Fused attention operators that take lengths per row are written out for full rows: feed them an attention mask of ones.
 * @param cacheFolder where rewrites are kept, safe to delete; `null` keeps none
 * @throws model-file-missing, model-invalid, model-unsafe, model-tensors, model-attention-unknown
 */
export async function instrumentDecoder(
  file: string,
  variant: Variant,
  cacheFolder: string | null,
  options: RewriteOptions = {},
): Promise<InstrumentedDecoder> {
  const name = modelFileName(file)
  try {
    const inspected = inspectGraph(file)
    const { original, largestInitializerBytes } = inspected
    const { description, bytes } = await cached(cacheFolder, inspected, variant, name, options)
    return { ...description, bytes, weightsFolder: dirname(original), largestInitializerBytes }
  } catch (error) {
    failFor(name, error)
  }
}

async function cached(
  folder: string | null,
  { model, structure, original }: Inspected,
  variant: Variant,
  name: ModelFileName,
  options: RewriteOptions,
): Promise<Rewrite> {
  if (folder === null) return rewriteDecoder(model, variant, name, options)
  const key = rewriteKey([surgeryVersion, variant, JSON.stringify(options), basename(original), structure])
  const known = await readRewrite(folder, key)
  if (known !== null) return { description: known.description as DecoderDescription, bytes: known.bytes }
  const fresh = rewriteDecoder(model, variant, name, options)
  await writeRewrite(folder, key, fresh)
  return fresh
}
