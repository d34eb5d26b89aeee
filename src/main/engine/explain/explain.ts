import { factorRows, listInputs } from '../../../shared/atman/inputs.ts'
import { cosineSimilarity } from '../../../shared/atman/similarity.ts'
import type { Input, RelevanceMatrix } from '../../../shared/explanation/record.ts'
import type { Suppression } from '../../../shared/explanation/parameters.ts'
import { sweepCoarse } from './coarse.ts'
import { complete } from '../generate/completion.ts'
import { composeExplanation } from './compose-explanation.ts'
import type { EmbeddedImage } from '../picture/embed-image.ts'
import type { ExplainEvent, ExplainRequest, PictureSource } from '../engine.ts'
import type { ImageBank } from './image-bank.ts'
import { localRunner } from './local-runner.ts'
import type { LoadedModel } from '../model/model.ts'
import type { OpenSweep, PassRunner } from './pass-runner.ts'
import { readLayers, readPrompt } from '../text/prompt.ts'
import type { Sequence } from './sequence.ts'
import { joinSequence, sequenceTargets, targetsOf } from './sequence.ts'
import { runSweep } from './sweep.ts'
import { startTimer } from './timer.ts'

/** What explaining works on: a model, the pictures it has seen lately, and their bank. */
export interface Workbench {
  readonly model: LoadedModel
  readonly bank: ImageBank
  /** Embeds a picture, or finds it embedded. */
  readonly embed: (picture: PictureSource, signal: AbortSignal) => Promise<EmbeddedImage>
}

/** Completes the prompt and explains every token of the completion (paper section 3). Yields as soon as anything can be shown. */
export async function* explain(bench: Workbench, request: ExplainRequest, signal: AbortSignal): AsyncGenerator<ExplainEvent> {
  const { model } = bench
  const { suppression } = request
  const timer = startTimer('image', 'generate', 'sweep')
  readLayers(model, suppression.layers)

  const image = request.picture && (await bench.embed(request.picture, signal))
  if (image !== null) yield { kind: 'image-ready', grid: image.grid, picture: image.provenance }
  timer.lap('image')

  const prompt = readPrompt(model, request.prompt, image?.keyValues.positions ?? 0)
  yield { kind: 'prompt', tokens: prompt }
  const completion = yield* complete(model, image, prompt, request, signal)
  timer.lap('generate')

  const sequence = await joinSequence(model, image, prompt, upTo(request.token, completion.tokens))
  const watched = sequenceTargets(sequence, request.targets, request.token)
  const runner = localRunner(model, image, bench.bank)
  const open = await runner.open(
    { ...sequence, imageKey: image?.provenance.sha256 ?? null, suppression, targets: watched },
    signal,
  )
  const targets = targetsOf(watched, open.baseline)

  if (image !== null && worthCoarse(request, open)) {
    yield* sweepCoarse(runner, open, { grid: image.grid, sequence: sequence.length, suppression, targets })
  }
  const inputs = listInputs({
    ...sequence,
    grid: image?.grid ?? null,
    promptText: request.prompt,
    completionText: completion.text,
    selection: request.inputs,
    chunks: request.chunks,
  })
  const relevance = yield* sweepInputs(runner, open, sequence, inputs, suppression)
  timer.lap('sweep')
  yield { kind: 'relevance', inputs, targets, relevance }

  const result = { image, prompt, completion, inputs, targets, relevance, bank: open.bank, stages: timer.stages }
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

async function* sweepInputs(
  runner: PassRunner,
  open: OpenSweep,
  { embeddings, length }: Sequence,
  inputs: readonly Input[],
  suppression: Suppression,
): AsyncGenerator<ExplainEvent, RelevanceMatrix> {
  const similarity = suppression.threshold === null ? null : cosineSimilarity(embeddings, length, embeddings.length / length)
  const factors = factorRows(inputs, length, similarity, suppression)
  const sweep = runSweep(runner, open, {
    count: inputs.length,
    sequence: length,
    factors,
    patchesFirst: inputs[0]?.kind === 'patch',
  })
  let step = await sweep.next()
  while (step.done !== true) {
    yield { kind: 'sweep-progress', progress: step.value }
    step = await sweep.next()
  }
  return step.value
}
