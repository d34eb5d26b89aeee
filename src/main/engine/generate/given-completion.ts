import type { GeneratedToken, TextToken } from '../../../shared/explanation/record.ts'
import { logSoftmax } from '../../../shared/atman/log-softmax.ts'
import { fail } from '../../../shared/contract/failure.ts'
import { candidatesOf } from '../text/candidates.ts'
import type { EmbeddedImage } from '../picture/embed-image.ts'
import { emptyKeyValues } from '../runtime/key-values.ts'
import type { LoadedModel } from '../model/model.ts'

/** Scores a completion the person gave: how probable the model finds each token and what it would rather have said. One pass. */
export async function scoreGiven(
  model: LoadedModel,
  image: EmbeddedImage | null,
  prompt: readonly TextToken[],
  given: readonly TextToken[],
): Promise<GeneratedToken[]> {
  const decoder = await model.decoder('shifted')
  const { logits } = await decoder.forward({
    embeddings: await model.embedTokens([...prompt, ...given.slice(0, -1)].map(({ id }) => id)),
    batch: 1,
    past: image?.keyValues ?? emptyKeyValues(decoder.shape, 1),
    factors: null,
    layers: null,
    targets: given.map((_, index) => prompt.length - 1 + index),
    ids: given.map(({ id }) => [id]),
    want: { logits: true },
  })
  if (logits === null) throw new Error('the decoder left out what was wanted')
  if (!logits.data.every(Number.isFinite)) fail('model-not-finite', { model: model.info.name })
  const width = logits.shape.at(-1) ?? 0
  return given.map((token, index) => {
    const scores = logits.data.subarray(index * width, (index + 1) * width)
    return { ...token, logprob: logSoftmax(scores)[token.id] ?? Number.NaN, candidates: candidatesOf(scores, model.tokenizer) }
  })
}
