import { cosineSimilarity } from '../../../shared/atman/similarity.ts'
import type { Similarity, SimilarityRequest } from '../engine.ts'
import type { Workbench } from './explain.ts'
import { readPrompt } from '../text/prompt.ts'
import { joined } from './sequence.ts'
import { throwIfCancelled } from '../../../shared/contract/failure.ts'

/** Compares all positions of a sequence with each other: the same cosines as its sweep uses. */
export async function compare({ model, embed }: Workbench, request: SimilarityRequest, signal: AbortSignal): Promise<Similarity> {
  const image = request.picture && (await embed(request.picture, signal))
  const prompt = readPrompt(model, request.prompt, image?.keyValues.positions ?? 0)
  throwIfCancelled(signal)
  const text = await model.embedTokens([...prompt.map(({ id }) => id), ...request.completion.slice(0, -1)])
  const embeddings = joined(image?.embeddings ?? new Float32Array(0), text)
  const length = embeddings.length / model.info.hiddenSize
  return { length, cosines: cosineSimilarity(embeddings, length, model.info.hiddenSize) }
}
