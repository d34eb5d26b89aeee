import { throwIfCancelled } from '../../../shared/contract/failure.ts'
import { cosineSimilarity } from '../../../shared/atman/similarity.ts'
import type { Similarity, SimilarityRequest } from '../engine.ts'
import { readQuestion } from '../generate/question.ts'
import type { LoadedModel } from '../model/model.ts'
import type { EmbeddedPictures } from '../picture/embedded-pictures.ts'
import { embedSequence } from '../sequence/embedded-sequence.ts'
import { lastOf } from './last-of.ts'

/** Compares all positions of a sequence with each other: the same cosines as its sweep uses. */
export async function compare(
  model: LoadedModel,
  pictures: EmbeddedPictures,
  request: SimilarityRequest,
  signal: AbortSignal,
): Promise<Similarity> {
  const { image, prompt } = await lastOf(readQuestion(model, pictures, request, signal))
  throwIfCancelled(signal)
  const completion = model.tokenizer.decodeTokens(request.completion)
  const { embeddings, length } = await embedSequence(model, image, prompt, completion)
  return { length, cosines: cosineSimilarity(embeddings, length, embeddings.length / length) }
}
