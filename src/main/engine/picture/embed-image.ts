import type { PictureProvenance } from '../../../shared/explanation/record.ts'
import type { PatchGrid } from '../../../shared/explanation/record.ts'
import { fail, throwIfCancelled } from '../../../shared/contract/failure.ts'
import type { PictureSource } from '../engine.ts'
import type { KeyValues } from '../runtime/key-values.ts'
import { emptyKeyValues } from '../runtime/key-values.ts'
import type { LoadedModel } from '../model/model.ts'
import { decodePicture } from './picture.ts'
import { preprocess } from './preprocess.ts'
import { floats } from '../runtime/session.ts'

/** A picture as the decoder sees it, and what the text after it needs to know of it. Depends on model and picture alone. */
export interface EmbeddedImage {
  readonly provenance: PictureProvenance
  readonly grid: PatchGrid
  /** Patch embeddings, `[patches, hidden]`. */
  readonly embeddings: Float32Array
  readonly keyValues: KeyValues
  /** Scores of the whole vocabulary at the last patch. */
  readonly lastLogits: Float32Array
}

/** Decodes and embeds a picture and runs its patches through the decoder once. */
export async function embedImage(model: LoadedModel, source: PictureSource, signal: AbortSignal): Promise<EmbeddedImage> {
  const { vision, preprocessor } = model.forPicture()
  const picture = await decodePicture(source)
  throwIfCancelled(signal)
  const { pixels, shape, seen } = preprocess(picture, preprocessor)
  throwIfCancelled(signal)
  const embeddings = await vision(floats(pixels, ...shape))
  throwIfCancelled(signal)
  return embeddedImage(model, embeddings, { ...picture.provenance, seen })
}

/** A picture whose patch embeddings are known already, `[patches, hidden]`: runs them through the decoder. */
export async function embeddedImage(
  model: LoadedModel,
  embeddings: Float32Array,
  provenance: PictureProvenance,
): Promise<EmbeddedImage> {
  const { grid } = model.forPicture()
  const decoder = await model.decoder('shifted')
  const { keyValues, logits } = await decoder.forward({
    embeddings,
    batch: 1,
    past: emptyKeyValues(decoder.shape, 1),
    factors: null,
    layers: null,
    targets: [embeddings.length / decoder.hiddenSize - 1],
    ids: [[0]],
    want: { logits: true, keyValues: true },
  })
  if (keyValues === null || logits === null) throw new Error('the decoder left out what was wanted')
  if (!logits.data.every(Number.isFinite)) fail('model-not-finite', { model: model.info.name })
  return { provenance, grid, embeddings, keyValues, lastLogits: logits.data }
}
