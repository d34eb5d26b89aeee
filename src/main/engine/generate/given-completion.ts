import type { GeneratedToken, TextToken } from '../../../shared/explanation/record.ts'
import { logProbability } from '../../../shared/atman/log-softmax.ts'
import { fail } from '../../../shared/contract/failure.ts'
import { tokenPosition } from '../../../shared/sequence/sequence.ts'
import { element, lastElement } from '../../../shared/values/element.ts'
import type { LoadedModel } from '../model/model.ts'
import { embedSequence } from '../sequence/embedded-sequence.ts'
import { knownPrefix } from '../sequence/prefix.ts'
import { candidatesOf } from '../text/candidates.ts'
import type { Question } from './question.ts'

/** Scores a completion the person gave: how probable the model finds each token and what it would rather have said. One pass. */
export async function scoreGiven(
  model: LoadedModel,
  { image, prompt }: Question,
  given: readonly TextToken[],
): Promise<GeneratedToken[]> {
  const decoder = await model.decoder('shifted')
  const sequence = await embedSequence(model, image, prompt, given)
  const past = knownPrefix(image, decoder.shape)
  const { logits } = await decoder.forward({
    embeddings: sequence.embeddings.subarray(past.positions * decoder.hiddenSize),
    batch: 1,
    past,
    factors: null,
    layers: null,
    targets: given.map((_, index) => tokenPosition(sequence, { role: 'completion', index }) - 1 - past.positions),
    ids: given.map(({ id }) => [id]),
    want: { logits: true },
  })
  if (logits === null) throw new Error('the decoder left out what was wanted')
  if (!logits.data.every(Number.isFinite)) fail('model-not-finite', { model: model.info.name })
  const width = lastElement(logits.shape)
  return given.map((token, index) => {
    const scores = logits.data.subarray(index * width, (index + 1) * width)
    const logprob = Math.fround(logProbability(scores)(element(scores, token.id)))
    return { ...token, logprob, candidates: candidatesOf(scores, model.tokenizer) }
  })
}
