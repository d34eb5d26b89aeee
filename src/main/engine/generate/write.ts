import type { GenerateEvent, GenerateRequest } from '../engine.ts'
import type { LoadedModel } from '../model/model.ts'
import type { EmbeddedPictures } from '../picture/embedded-pictures.ts'
import { readLayers } from '../text/prompt.ts'
import { generate } from './generate.ts'
import { readQuestion } from './question.ts'

/** Completes a prompt, plainly or steered, and yields every token as it comes. */
export async function* write(
  model: LoadedModel,
  pictures: EmbeddedPictures,
  request: GenerateRequest,
  signal: AbortSignal,
): AsyncGenerator<GenerateEvent> {
  readLayers(model, request.suppression.layers)
  const question = yield* readQuestion(model, pictures, request, signal)
  const completion = yield* generate(model, { ...request, ...question }, signal)
  yield { kind: 'completion', ...completion }
}
