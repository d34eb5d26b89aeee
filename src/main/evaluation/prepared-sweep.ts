import { factorRows, listInputs } from '../../shared/atman/inputs.ts'
import { cosineSimilarity } from '../../shared/atman/similarity.ts'
import type { Suppression, TargetSelection } from '../../shared/explanation/parameters.ts'
import { defaultSampling } from '../../shared/explanation/parameters.ts'
import type { EmbeddedImage } from '../engine/picture/embed-image.ts'
import { embedImage } from '../engine/picture/embed-image.ts'
import type { PictureSource } from '../engine/engine.ts'
import { generate } from '../engine/generate/generate.ts'
import type { LoadedModel } from '../engine/model/model.ts'
import type { SweepSetup } from '../engine/explain/pass-runner.ts'
import type { SequenceTarget } from '../engine/explain/sequence.ts'
import { joinSequence, sequenceTargets } from '../engine/explain/sequence.ts'
import type { FactorRows } from '../engine/explain/sweep.ts'
import { lastOf } from '../engine/explain/last-of.ts'

/** A question with its completion, ready to be swept in any way. */
export interface PreparedSweep {
  readonly image: EmbeddedImage | null
  readonly setup: SweepSetup
  readonly rows: FactorRows
  readonly watched: readonly SequenceTarget[]
}

/** Lets the model complete a prompt and lists all its inputs with their factors. */
export async function prepareSweep(
  model: LoadedModel,
  picture: PictureSource | null,
  promptText: string,
  suppression: Suppression,
  selection: TargetSelection = 'completion',
): Promise<PreparedSweep> {
  const { signal } = new AbortController()
  const image = picture && (await embedImage(model, picture, signal))
  const prompt = model.tokenizer.encodePrompt(promptText)
  const written = await lastOf(generate(model, { image, prompt, sampling: defaultSampling, steering: [], suppression }, signal))
  const sequence = await joinSequence(model, image, prompt, written.tokens)
  const targets = sequenceTargets(sequence, selection, null)
  const texts = { promptText, completionText: written.text }
  const inputs = listInputs({ ...sequence, ...texts, grid: image?.grid ?? null, selection: 'all', chunks: null })
  const similarity = cosineSimilarity(sequence.embeddings, sequence.length, model.info.hiddenSize)
  const factors = factorRows(inputs, sequence.length, similarity, suppression)
  return {
    image,
    setup: { ...sequence, imageKey: image?.provenance.sha256 ?? null, suppression, targets },
    watched: targets,
    rows: { count: inputs.length, sequence: sequence.length, factors, patchesFirst: image !== null },
  }
}
