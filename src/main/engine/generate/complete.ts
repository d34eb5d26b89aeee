import { fail } from '../../../shared/contract/failure.ts'
import type { ExplainRequest, GenerateEvent } from '../engine.ts'
import type { LoadedModel } from '../model/model.ts'
import { readTarget } from '../text/prompt.ts'
import type { Completion } from './completion.ts'
import { generate } from './generate.ts'
import { scoreGiven } from './given-completion.ts'
import type { Question } from './question.ts'
import { questionLength } from './question.ts'

/** Lets the model go on after the prompt, or takes the person's target instead. Yields the tokens, then the completion. */
export async function* complete(
  model: LoadedModel,
  question: Question,
  request: Pick<ExplainRequest, 'target' | 'token' | 'sampling' | 'suppression'>,
  signal: AbortSignal,
): AsyncGenerator<GenerateEvent, Completion> {
  const { target, token, sampling, suppression } = request
  const completion =
    target === null
      ? yield* generate(model, { ...question, sampling, suppression, steering: [] }, signal)
      : yield* take(model, question, target)
  if (completion.tokens.length === 0) fail('completion-empty', {})
  checkToken(token, completion.tokens.length)
  yield { kind: 'completion', ...completion }
  return completion
}

async function* take(model: LoadedModel, question: Question, text: string): AsyncGenerator<GenerateEvent, Completion> {
  const given = readTarget(model, text, questionLength(question))
  const tokens = await scoreGiven(model, question, given)
  for (const token of tokens) yield { kind: 'token', token }
  return { text, tokens, stopped: 'given' }
}

function checkToken(token: number | null, tokens: number): void {
  if (token !== null && token >= tokens) fail('token-out-of-range', { token, tokens })
}
