import { listInputs } from '../../shared/atman/inputs.ts'
import type { Suppression, TargetSelection } from '../../shared/explanation/parameters.ts'
import { defaultSampling } from '../../shared/explanation/parameters.ts'
import type { EmbeddedImage } from '../engine/picture/embed-image.ts'
import { embedImage } from '../engine/picture/embed-image.ts'
import type { PictureSource } from '../engine/engine.ts'
import { generate } from '../engine/generate/generate.ts'
import type { LoadedModel } from '../engine/model/model.ts'
import type { SweepSetup } from '../engine/explain/pass-runner.ts'
import { sweepSetup } from '../engine/explain/pass-runner.ts'
import type { WatchedTarget } from '../engine/explain/watched-targets.ts'
import { watchedTargets } from '../engine/explain/watched-targets.ts'
import type { EmbeddedSequence } from '../engine/sequence/embedded-sequence.ts'
import { embedSequence } from '../engine/sequence/embedded-sequence.ts'
import type { FactorRows } from '../engine/explain/factor-rows.ts'
import { inputRows } from '../engine/explain/factor-rows.ts'
import { lastOf } from '../engine/explain/last-of.ts'

/** A question with its completion, ready to be swept in any way. */
export interface PreparedSweep {
  readonly image: EmbeddedImage | null
  readonly sequence: EmbeddedSequence
  readonly setup: SweepSetup
  readonly rows: FactorRows
  readonly watched: readonly WatchedTarget[]
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
  const sequence = await embedSequence(model, image, prompt, written.tokens)
  const watched = watchedTargets(sequence, selection, null)
  const texts = { promptText, completionText: written.text }
  const inputs = listInputs({ sequence, ...texts, selection: 'all', chunks: null })
  return {
    image,
    sequence,
    setup: sweepSetup(sequence, image, suppression, watched),
    watched,
    rows: inputRows(inputs, sequence, suppression),
  }
}
