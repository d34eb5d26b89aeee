import type { GeneratedToken } from '../../../shared/explanation/record.ts'
import type { Sampling, Suppression } from '../../../shared/explanation/parameters.ts'
import { fail, throwIfCancelled } from '../../../shared/contract/failure.ts'
import type { TokenId } from '../../../shared/values/brand.ts'
import { element, lastElement } from '../../../shared/values/element.ts'
import type { Completion } from './completion.ts'
import type { GenerateEvent, Steering } from '../engine.ts'
import type { KeyValues } from '../runtime/key-values.ts'
import type { LoadedModel } from '../model/model.ts'
import { seededRandom } from '../../../shared/values/seeded-random.ts'
import { chooseToken } from './sampling.ts'
import { candidatesOf } from '../text/candidates.ts'
import { embedSequence } from '../sequence/embedded-sequence.ts'
import { knownPrefix } from '../sequence/prefix.ts'
import type { Question } from './question.ts'
import { steeringFactors } from './steering.ts'

/** What the model is to go on writing. */
export interface Continuation extends Question {
  readonly sampling: Sampling
  readonly steering: readonly Steering[]
  readonly suppression: Suppression
}

/**
 * Writes token by token, each step over the keys and values of all before. Yields every token as soon as it is chosen; the stop
 * token is not one of them.
 */
export async function* generate(
  model: LoadedModel,
  work: Continuation,
  signal: AbortSignal,
): AsyncGenerator<GenerateEvent, Completion> {
  const random = seededRandom(work.sampling.seed)
  const ids: TokenId[] = []
  const tokens: GeneratedToken[] = []
  let step = await firstStep(model, work)
  const room = Math.min(work.sampling.maxNewTokens, model.info.maxPositions - step.past.positions)
  while (tokens.length < room) {
    throwIfCancelled(signal)
    const chosen = chooseToken(step.logits, work.sampling, random)
    if (model.stopTokens.has(chosen.id)) return finish(model, ids, tokens, 'stop-token')
    ids.push(chosen.id)
    const text = lastElement(model.tokenizer.decodeTokens(ids))
    const token: GeneratedToken = { ...text, logprob: chosen.logprob, candidates: candidatesOf(step.logits, model.tokenizer) }
    tokens.push(token)
    yield { kind: 'token', token }
    if (tokens.length < room) step = await nextStep(model, work, step.past, [chosen.id])
  }
  return finish(model, ids, tokens, 'length')
}

function finish(
  model: LoadedModel,
  ids: TokenId[],
  tokens: readonly GeneratedToken[],
  stopped: Completion['stopped'],
): Completion {
  const texts = model.tokenizer.decodeTokens(ids)
  return {
    text: model.tokenizer.decode(ids),
    tokens: tokens.map((token, index) => ({ ...token, ...element(texts, index) })),
    stopped,
  }
}

interface Step {
  readonly logits: Float32Array
  readonly past: KeyValues
}

/** Reads what the prefix does not hold yet. Steered patches change the picture's own keys and values, so the picture is run again with the text. */
async function firstStep(model: LoadedModel, work: Continuation): Promise<Step> {
  const { shape, hiddenSize } = await model.decoder(work.suppression.variant)
  const past = knownPrefix(work.steering.length === 0 ? work.image : null, shape)
  const { embeddings } = await embedSequence(model, work.image, work.prompt, [])
  return forward(model, work, past, embeddings.subarray(past.positions * hiddenSize))
}

async function nextStep(model: LoadedModel, work: Continuation, past: KeyValues, ids: readonly TokenId[]): Promise<Step> {
  return forward(model, work, past, await model.embedTokens(ids))
}

async function forward(model: LoadedModel, work: Continuation, past: KeyValues, embeddings: Float32Array): Promise<Step> {
  const decoder = await model.decoder(work.suppression.variant)
  const fresh = embeddings.length / decoder.hiddenSize
  const { logits, keyValues } = await decoder.forward({
    embeddings,
    batch: 1,
    past,
    factors: steeringFactors(work.steering, past.positions + fresh),
    layers: work.suppression.layers,
    targets: [fresh - 1],
    ids: [[0]],
    want: { logits: true, keyValues: true },
  })
  if (logits === null || keyValues === null) throw new Error('the decoder left out what was wanted')
  if (!logits.data.every(Number.isFinite)) fail('model-not-finite', { model: model.info.name })
  return { logits: logits.data, past: keyValues }
}
