import type { Explanation } from '../../../shared/explanation/record.ts'
import type { ExplainEvent, PictureSource } from '../../engine/engine.ts'
import type { KeptEntry } from '../../storage/library/history.ts'
import type { Queued } from '../../engine/engine-queue.ts'
import type { ExplainQuestion } from './explain-question.ts'
import { explanationKey } from './explain-question.ts'
import { knownExplanation, requireModelOf } from './known-explanation.ts'
import type { QuestionOptions } from './question-options.ts'
import { packExplanation } from './stored-explanation.ts'

/** What explaining yields: the engine's events, and what became of the result. */
export type AnswerEvent =
  | Queued
  | Exclude<ExplainEvent, { kind: 'done' }>
  | { readonly kind: 'done'; readonly explanation: Explanation; readonly cached: boolean }
  | { readonly kind: 'saved'; readonly entry: string }

type Answer = AsyncGenerator<AnswerEvent, void, undefined>

/** Explains, from the cache where it knows the answer, else with the engine when it is free. See `Questions.explain`. */
export async function* explain(options: QuestionOptions, question: ExplainQuestion, fresh: boolean, signal: AbortSignal): Answer {
  const { queue, models, pictureService, cache } = options
  const source = question.picture === null ? null : await pictureService.source(question.picture)
  const here = explanationKey(await models.current(), question)
  const found = fresh ? null : knownExplanation(cache, here)
  if (found !== null) return yield* publish(options, here, question, source, found, true)
  yield* queue.ask(signal, async function* () {
    // While it waited, another model may have been loaded, or the same question answered.
    const key = explanationKey(await models.current(), question)
    const meanwhile = fresh ? null : knownExplanation(cache, key)
    if (meanwhile !== null) yield* publish(options, key, question, source, meanwhile, true)
    else yield* compute(options, key, question, source, signal)
  })
}

/** An entry's explanation, computed again when need be. See `Questions.explanationOf`. */
export async function explanationOf(options: QuestionOptions, entry: KeptEntry, signal: AbortSignal): Promise<Explanation> {
  const found = knownExplanation(options.cache, entry.cacheKey)
  if (found !== null) return found
  await requireModelOf(options.models, entry)
  const question = { ...entry.question, prompt: entry.prompt, picture: entry.picture === null ? null : entry.picture.sha256 }
  for await (const event of explain(options, question, false, signal)) if (event.kind === 'done') return event.explanation
  throw new Error('the engine ended without an explanation')
}

/** Asks the engine, keeps the result, then publishes it. */
async function* compute(
  options: QuestionOptions,
  key: string,
  question: ExplainQuestion,
  picture: PictureSource | null,
  signal: AbortSignal,
): Answer {
  const { prompt, target, sampling, suppression, targets, chunks } = question
  const asked = { picture, prompt, target, sampling, suppression, targets, chunks }
  const request = { ...asked, token: null, inputs: 'all', coarse: true } as const
  for await (const event of options.engine.explain(request, signal)) {
    if (event.kind !== 'done') {
      yield event
      continue
    }
    options.cache.put('explanation', key, packExplanation(event.explanation))
    yield* publish(options, key, question, picture, event.explanation, false)
  }
}

/** The entry is in the library before anybody hears of the result; a library that cannot be written does not keep the result back. */
async function* publish(
  { history }: QuestionOptions,
  cacheKey: string,
  { prompt, target, sampling, suppression, targets, chunks, picture }: ExplainQuestion,
  source: PictureSource | null,
  explanation: Explanation,
  cached: boolean,
): Answer {
  const { model, completion } = explanation
  const saved = attempt(() =>
    history.add({
      cacheKey,
      picture: picture === null || source === null ? null : { sha256: picture, name: source.name },
      model: { name: model.name, sha256: model.sha256 },
      prompt,
      completion: completion.text,
      question: { target, sampling, suppression, targets, chunks },
    }),
  )
  yield { kind: 'done', explanation, cached }
  if ('error' in saved) throw saved.error
  yield { kind: 'saved', entry: saved.value.id }
}

function attempt<Value>(work: () => Value): { readonly value: Value } | { readonly error: unknown } {
  try {
    return { value: work() }
  } catch (error) {
    return { error }
  }
}
