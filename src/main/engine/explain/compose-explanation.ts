import { identityOf } from '../../../shared/explanation/model/model-info.ts'
import type { Explanation, Input, RelevanceMatrix, Target, TextToken } from '../../../shared/explanation/record.ts'
import type { Completion } from '../generate/completion.ts'
import type { EmbeddedImage } from '../picture/embed-image.ts'
import type { ExplainRequest } from '../engine.ts'
import type { LoadedModel } from '../model/model.ts'
import type { OpenSweep } from './pass-runner.ts'

/** What an explanation is put together from. */
export interface ExplanationParts {
  readonly image: EmbeddedImage | null
  readonly prompt: readonly TextToken[]
  readonly completion: Completion
  readonly inputs: readonly Input[]
  readonly targets: readonly Target[]
  readonly relevance: RelevanceMatrix
  /** Rows of the sweep that were run: one that changes nothing is not. */
  readonly passes: number
  /** The bank as it was before the sweep. */
  readonly bank: OpenSweep['bank']
  /** Milliseconds of each stage. */
  readonly stages: Readonly<Record<'image' | 'generate' | 'sweep', number>>
}

/** Puts the whole explanation together: numbers, what they were made from and how long it took. */
export function composeExplanation(model: LoadedModel, request: ExplainRequest, parts: ExplanationParts): Explanation {
  const { completion, inputs, targets, relevance, stages } = parts
  return {
    model: identityOf(model.info),
    provider: model.provider,
    parameters: {
      suppression: request.suppression,
      sampling: request.sampling,
      inputs: request.inputs,
      targets: request.targets,
      chunks: request.chunks,
    },
    picture: parts.image === null ? null : parts.image.provenance,
    grid: parts.image === null ? null : parts.image.grid,
    prompt: { text: request.prompt, tokens: parts.prompt },
    completion: { text: completion.text, tokens: completion.tokens, given: completion.stopped === 'given' },
    inputs,
    targets,
    relevance,
    timings: {
      loadMs: model.loadMs,
      imageMs: stages.image,
      generateMs: stages.generate,
      sweepMs: stages.sweep,
      passes: parts.passes,
      bank: parts.bank === null ? 'none' : parts.bank.ready ? 'warm' : 'cold',
    },
  }
}
