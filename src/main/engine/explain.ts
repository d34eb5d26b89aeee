import { factorRows, listInputs } from '../../shared/atman/inputs.ts'
import type { GeneratedToken, Input, RelevanceMatrix, Target, TextToken } from '../../shared/domain/explanation.ts'
import { fail } from '../../shared/domain/failure.ts'
import { sweepCoarse } from './coarse.ts'
import { describe } from './describe.ts'
import type { EmbeddedImage } from './embed-image.ts'
import type { ExplainEvent, ExplainRequest, GenerateEvent, PictureSource } from './engine.ts'
import { generate } from './generate.ts'
import { scoreGiven } from './given-completion.ts'
import type { ImageBank } from './image-bank.ts'
import { localRunner } from './local-runner.ts'
import type { LoadedModel } from './model.ts'
import { readPrompt, readTarget } from './prompt.ts'
import { joinSequence, sequenceTargets, targetsOf } from './sequence.ts'
import { startTimer } from './timer.ts'
import { runSweep } from './sweep.ts'

/** What explaining works on: a model, the pictures it has seen lately, and their bank. */
export interface Workbench {
  readonly model: LoadedModel
  readonly bank: ImageBank
  /** Embeds a picture, or finds it embedded. */
  embed(picture: PictureSource, signal: AbortSignal): Promise<EmbeddedImage>
}

/** Completes the prompt and explains every token of the completion (paper section 3). Yields as soon as anything can be shown. */
export async function* explain(bench: Workbench, request: ExplainRequest, signal: AbortSignal): AsyncGenerator<ExplainEvent> {
  const timer = startTimer()
  const image = yield* showImage(bench, request.picture, signal)
  timer.lap('image')
  const { prompt, completion, text } = yield* complete(bench.model, image, request, signal)
  timer.lap('generate')

  const sequence = await joinSequence(bench.model, image, prompt, completion)
  const watched = sequenceTargets(sequence, request.targets, request.token)
  const { suppression } = request
  const runner = localRunner(bench.model, image, bench.bank)
  const open = await runner.open({ ...sequence, suppression, targets: watched }, signal)
  const targets = targetsOf(watched, open.baseline)

  const similarity = sequenceSimilarity(sequence, suppression)
  const inputs = listInputs({ ...sequence, grid: image?.grid ?? null, selection: request.inputs, chunks: request.chunks })
  if (request.coarse && image !== null && request.inputs !== 'text' && open.bank?.ready !== true) {
    yield* sweepCoarse(runner, open, sequence, image.grid, suppression, targets)
  }
  const relevance = yield* sweepInputs(runner, open, { count: inputs.length })
  yield { kind: 'relevance', inputs, targets, relevance }
  timer.lap('sweep')
  yield { kind: 'done', explanation: describe() }
}
