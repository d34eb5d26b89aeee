import type { GenerateEvent, GenerateRequest } from '../engine.ts'
import type { Workbench } from '../explain/explain.ts'
import { generate } from './generate.ts'
import { readLayers, readPrompt } from '../text/prompt.ts'

/** Completes a prompt, plainly or steered, and tells every token as it comes. */
export async function* write(bench: Workbench, request: GenerateRequest, signal: AbortSignal): AsyncGenerator<GenerateEvent> {
  readLayers(bench.model, request.suppression.layers)
  const image = request.picture && (await bench.embed(request.picture, signal))
  if (image !== null) yield { kind: 'image-ready', grid: image.grid, picture: image.provenance }
  const prompt = readPrompt(bench.model, request.prompt, image?.keyValues.positions ?? 0)
  yield { kind: 'prompt', tokens: prompt }
  const completion = yield* generate(bench.model, { ...request, image, prompt }, signal)
  yield { kind: 'completion', ...completion }
}
