import type { GeneratedToken, TextToken } from '../../../shared/explanation/record.ts'
import { fail } from '../../../shared/contract/failure.ts'
import type { EmbeddedImage } from '../picture/embed-image.ts'
import type { ExplainRequest, GenerateEvent } from '../engine.ts'
import { generate } from './generate.ts'
import { scoreGiven } from './given-completion.ts'
import type { LoadedModel } from '../model/model.ts'
import { readTarget } from '../text/prompt.ts'

/** The text to be explained: the model's own, or the person's. */
export interface Completion {
  readonly text: string
  readonly tokens: readonly GeneratedToken[]
  readonly stopped: 'stop-token' | 'length' | 'given'
}

/** Lets the model go on after the prompt, or takes the person's target instead. Yields the tokens, then the completion. */
export async function* complete(
  model: LoadedModel,
  image: EmbeddedImage | null,
  prompt: readonly TextToken[],
  request: ExplainRequest,
  signal: AbortSignal,
): AsyncGenerator<GenerateEvent, Completion> {
  const completion =
    request.target === null
      ? yield* generate(model, { ...request, image, prompt, steering: [] }, signal)
      : yield* take(model, image, prompt, request.target)
  if (completion.tokens.length === 0) fail('completion-empty', {})
  checkToken(request.token, completion.tokens.length)
  yield { kind: 'completion', ...completion }
  return completion
}

async function* take(
  model: LoadedModel,
  image: EmbeddedImage | null,
  prompt: readonly TextToken[],
  text: string,
): AsyncGenerator<GenerateEvent, Completion> {
  const given = readTarget(model, text, (image?.keyValues.positions ?? 0) + prompt.length)
  const tokens = await scoreGiven(model, image, prompt, given)
  for (const token of tokens) yield { kind: 'token', token }
  return { text, tokens, stopped: 'given' }
}

function checkToken(token: number | null, tokens: number): void {
  if (token !== null && token >= tokens) fail('token-out-of-range', { token, tokens })
}
