import { listInputs } from '../../../shared/atman/inputs.ts'
import type { ExplainEvent, ExplainRequest } from '../engine.ts'
import { complete } from '../generate/complete.ts'
import { readQuestion } from '../generate/question.ts'
import type { LoadedModel } from '../model/model.ts'
import type { EmbeddedPictures } from '../picture/embedded-pictures.ts'
import { embedSequence } from '../sequence/embedded-sequence.ts'
import { readLayers } from '../text/prompt.ts'
import { sweepCoarse } from './coarse.ts'
import { composeExplanation } from './compose-explanation.ts'
import { inputRows } from './factor-rows.ts'
import type { OpenSweep, PassRunner } from './pass-runner.ts'
import { sweepSetup } from './pass-runner.ts'
import { sweepWhole } from './sweep.ts'
import { startTimer } from './timer.ts'
import { targetsOf, watchedTargets } from './watched-targets.ts'

/** What explaining works with: a model, the pictures it has embedded lately, and whoever runs the passes. */
export interface Workbench {
  readonly model: LoadedModel
  readonly pictures: EmbeddedPictures
  readonly runner: PassRunner
}

/** Completes the prompt and explains every token of the completion (paper section 3). Yields as soon as anything can be shown. */
export async function* explain(
  { model, pictures, runner }: Workbench,
  request: ExplainRequest,
  signal: AbortSignal,
): AsyncGenerator<ExplainEvent> {
  const { suppression } = request
  const timer = startTimer('image', 'generate', 'sweep')
  readLayers(model, suppression.layers)

  const question = yield* readQuestion(model, pictures, request, signal)
  timer.lap('image')

  const completion = yield* complete(model, question, request, signal)
  timer.lap('generate')

  const { image, prompt } = question
  const sequence = await embedSequence(model, image, prompt, upTo(request.token, completion.tokens))
  const watched = watchedTargets(sequence, request.targets, request.token)
  const sweep = await runner.open(sweepSetup(sequence, image, suppression, watched), signal)
  const targets = targetsOf(watched, sweep.baseline)

  if (worthCoarse(request, sweep)) yield* sweepCoarse(runner, sweep, { sequence, suppression, targets })
  const inputs = listInputs({
    sequence,
    promptText: request.prompt,
    completionText: completion.text,
    selection: request.inputs,
    chunks: request.chunks,
  })
  const { relevance, passes } = yield* sweepWhole(runner, sweep, inputRows(inputs, sequence, suppression))
  timer.lap('sweep')
  yield { kind: 'relevance', inputs, targets, relevance }

  const result = { image, prompt, completion, inputs, targets, relevance, passes, bank: sweep.bank, stages: timer.stages }
  yield { kind: 'done', explanation: composeExplanation(model, request, result) }
}

/** A single token needs nothing of the completion after it. */
function upTo<Token>(token: number | null, completion: readonly Token[]): readonly Token[] {
  return token === null ? completion : completion.slice(0, token + 1)
}

/** With a ready bank the full map is there as soon as a coarse one would be. */
function worthCoarse({ coarse, inputs }: ExplainRequest, { bank }: OpenSweep): boolean {
  return coarse && inputs !== 'text' && bank?.ready !== true
}
