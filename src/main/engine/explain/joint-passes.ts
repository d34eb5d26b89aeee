import type { JointPass } from '../../../shared/explanation/joint-pass.ts'
import type { RelevanceMatrix } from '../../../shared/explanation/record.ts'
import type { JointRequest } from '../engine.ts'
import { readQuestion } from '../generate/question.ts'
import { embedSequence } from '../sequence/embedded-sequence.ts'
import { readPart } from '../sequence/read-part.ts'
import { readLayers } from '../text/prompt.ts'
import type { Workbench } from './explain.ts'
import { jointRows } from './factor-rows.ts'
import { lastOf } from './last-of.ts'
import { sweepSetup } from './pass-runner.ts'
import { runSweep } from './sweep.ts'
import { watchedTargets } from './watched-targets.ts'

/**
 * Suppresses every part of a sequence in one pass (method, "Joint suppression").
 * @throws `position-out-of-range` for a part that the decoder does not read
 */
export async function jointPasses(
  { model, pictures, runner }: Workbench,
  request: JointRequest,
  signal: AbortSignal,
): Promise<readonly JointPass[]> {
  const { suppression } = request
  readLayers(model, suppression.layers)
  const { image, prompt } = await lastOf(readQuestion(model, pictures, request, signal))
  const sequence = await embedSequence(model, image, prompt, model.tokenizer.decodeTokens(request.completion))
  const parts = request.parts.map((part) => readPart(part, sequence))
  const watched = watchedTargets(sequence, request.targets, null)
  const sweep = await runner.open(sweepSetup(sequence, image, suppression, watched), signal)
  const relevance = await lastOf(runSweep(runner, sweep, jointRows(parts, sequence, suppression)))
  return parts.map((members, row) => ({
    members,
    neighbours: suppression.threshold !== null,
    relevance: rowOf(relevance.values, row, relevance),
    candidates: rowOf(relevance.candidates, row, relevance),
  }))
}

/** A copy, so that it crosses processes without the other rows. */
function rowOf(numbers: Float32Array, row: number, { inputs }: RelevanceMatrix): Float32Array<ArrayBuffer> {
  const width = numbers.length / inputs
  return numbers.slice(row * width, (row + 1) * width)
}
