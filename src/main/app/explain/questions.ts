import { z } from 'zod'
import type { Explanation } from '../../../shared/explanation/record.ts'
import type { Sampling, Suppression, TargetSelection, Chunking } from '../../../shared/explanation/parameters.ts'
import { fail } from '../../../shared/contract/failure.ts'
import { generateEvent } from '../../../shared/contract/events.ts'
import { pack, unpack } from '../../../shared/contract/packing.ts'
import type { Engine, ExplainEvent, GenerateEvent, PictureSource, Similarity, Steering } from '../../engine/engine.ts'
import type { Cache } from '../../storage/cache/cache.ts'
import type { History, KeptEntry } from '../../storage/library/history.ts'
import { cacheKey } from './cache-key.ts'
import type { ReadyModel, ModelRegistry } from '../models/model-registry.ts'
import type { PictureService } from '../pictures/picture-service.ts'
import { packExplanation, unpackExplanation } from './stored-explanation.ts'
import type { Queued, EngineQueue } from '../engine-queue.ts'

/** What a person asks to have explained. */
export interface ExplainQuestion {
  /** SHA-256 of a kept picture; `null` for a document. */
  readonly picture: string | null
  readonly prompt: string
  readonly target: string | null
  readonly sampling: Sampling
  readonly suppression: Suppression
  readonly targets: TargetSelection
  readonly chunks: Chunking | null
}

/** What a person asks to have written. */
export interface GenerateQuestion {
  readonly picture: string | null
  readonly prompt: string
  readonly sampling: Sampling
  readonly steering: readonly Steering[]
  readonly suppression: Suppression
}

/** What explaining tells a window: the engine's events, and what became of the result. */
export type AnswerEvent =
  | Queued
  | Exclude<ExplainEvent, { kind: 'done' }>
  | { readonly kind: 'done'; readonly explanation: Explanation; readonly cached: boolean }
  | { readonly kind: 'saved'; readonly entry: string }

/** Questions to the model: from the cache where it knows the answer, else from the engine when it is free. */
export interface Questions {
  /**
   * Explains; a known explanation comes as `done` at once. The library has the entry before `done` is told.
   * @param fresh computes again what is known
   */
  explain(question: ExplainQuestion, fresh: boolean, signal: AbortSignal): AsyncGenerator<AnswerEvent, void, undefined>
  /** Writes, plainly or steered. */
  generate(question: GenerateQuestion, signal: AbortSignal): AsyncGenerator<Queued | GenerateEvent, void, undefined>
  /** Fills the image bank while nobody asks. */
  prepare(
    picture: string,
    suppression: Suppression,
    signal: AbortSignal,
  ): AsyncGenerator<Queued | Extract<ExplainEvent, { kind: 'bank-progress' }>, void, undefined>
  /** Cosines of an entry's positions. @throws `entry-numbers-gone` */
  similarity(entry: KeptEntry, signal: AbortSignal): Promise<Similarity>
  /** An entry's explanation as it was; `null` when the cache no longer has it. */
  known(entry: KeptEntry): Explanation | null
  /** An entry's explanation, computed again when need be. @throws `entry-numbers-gone` when that takes another model than the one at work */
  explanationOf(entry: KeptEntry, signal: AbortSignal): Promise<Explanation>
}

/** What questions are answered with. */
export interface QuestionOptions {
  readonly engine: Engine
  readonly queue: EngineQueue
  readonly models: ModelRegistry
  readonly pictureService: PictureService
  readonly cache: Cache
  readonly history: History
}

/** Name of the explanation that answers a question. */
export function explanationKey(
  { info, provider }: { readonly info: Pick<ReadyModel['info'], 'sha256'>; readonly provider: ReadyModel['provider'] },
  question: ExplainQuestion,
): string {
  const { picture, prompt, target, sampling, suppression, targets, chunks } = question
  const parameters = { picture, prompt, target, sampling, suppression, inputs: 'all', targets, chunks }
  return cacheKey('explanation', { model: info.sha256, provider }, parameters)
}

/** Gets ready to answer questions. */
export function questions(options: QuestionOptions): Questions {
  const { queue, models, pictureService, cache } = options
  const known = (key: string): Explanation | null => {
    const bytes = cache.get('explanation', key)
    return bytes && unpackExplanation(bytes)
  }
  const explain: Questions['explain'] = async function* (question, fresh, signal) {
    const source = question.picture === null ? null : await pictureService.source(question.picture)
    const here = explanationKey(await models.current(), question)
    const found = fresh ? null : known(here)
    if (found !== null) return yield* tell(options, here, question, source, found, true)
    yield* queue.ask(signal, async function* () {
      // While it waited, another model may have been loaded, or the same question answered.
      const key = explanationKey(await models.current(), question)
      const meanwhile = fresh ? null : known(key)
      if (meanwhile !== null) yield* tell(options, key, question, source, meanwhile, true)
      else yield* compute(options, key, question, source, signal)
    })
  }
  const explanationOf: Questions['explanationOf'] = async (entry, signal) => {
    const found = known(entry.cacheKey)
    if (found !== null) return found
    const { info } = await models.current()
    if (info.sha256 !== entry.model.sha256) fail('entry-numbers-gone', { model: entry.model.name })
    const question = { ...entry.question, prompt: entry.prompt, picture: entry.picture?.sha256 ?? null }
    for await (const event of explain(question, false, signal)) if (event.kind === 'done') return event.explanation
    throw new Error('the engine ended without an explanation')
  }
  return {
    explain,
    explanationOf,
    known: (entry) => known(entry.cacheKey),
    generate: (question, signal) => generate(options, question, signal),
    prepare: (picture, suppression, signal) => prepare(options, picture, suppression, signal),
    similarity: (entry, signal) => similarity(options, known(entry.cacheKey), entry, signal),
  }
}

/** Asks the engine, keeps what it says, then tells it. */
async function* compute(
  options: QuestionOptions,
  key: string,
  question: ExplainQuestion,
  picture: PictureSource | null,
  signal: AbortSignal,
): AsyncGenerator<AnswerEvent, void, undefined> {
  const { prompt, target, sampling, suppression, targets, chunks } = question
  const request = {
    picture,
    prompt,
    target,
    token: null,
    sampling,
    suppression,
    inputs: 'all',
    targets,
    chunks,
    coarse: true,
  } as const
  for await (const event of options.engine.explain(request, signal)) {
    if (event.kind !== 'done') {
      yield event
      continue
    }
    options.cache.put('explanation', key, packExplanation(event.explanation))
    yield* tell(options, key, question, picture, event.explanation, false)
  }
}

/** The entry is in the library before anybody hears of the result; a library that cannot be written does not keep the result back. */
async function* tell(
  { history }: QuestionOptions,
  cacheKey: string,
  { prompt, target, sampling, suppression, targets, chunks, picture }: ExplainQuestion,
  source: PictureSource | null,
  explanation: Explanation,
  cached: boolean,
): AsyncGenerator<AnswerEvent, void, undefined> {
  const { model, completion } = explanation
  const saved = attempt(() =>
    history.add({
      cacheKey,
      picture: picture === null ? null : { sha256: picture, name: source?.name ?? '' },
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

const storedEvents = z.array(generateEvent)

async function* generate(
  { engine, queue, models, pictureService, cache }: QuestionOptions,
  question: GenerateQuestion,
  signal: AbortSignal,
): AsyncGenerator<Queued | GenerateEvent, void, undefined> {
  const picture = question.picture === null ? null : await pictureService.source(question.picture)
  const keyNow = async (): Promise<string> => {
    const { info, provider } = await models.current()
    return cacheKey('completion', { model: info.sha256, provider }, question)
  }
  const found = knownEvents(cache, await keyNow())
  if (found !== null) return yield* found
  yield* queue.ask(signal, async function* (): AsyncGenerator<GenerateEvent> {
    const key = await keyNow()
    const events: GenerateEvent[] = []
    for await (const event of engine.generate({ ...question, picture }, signal)) {
      events.push(event)
      yield event
    }
    cache.put('completion', key, pack(events))
  })
}

function knownEvents(cache: Cache, key: string): readonly GenerateEvent[] | null {
  const bytes = cache.get('completion', key)
  if (bytes === null) return null
  try {
    return storedEvents.parse(unpack(bytes)).filter((event) => event.kind !== 'queued')
  } catch {
    return null
  }
}

async function* prepare(
  { engine, queue, models, pictureService }: QuestionOptions,
  picture: string,
  suppression: Suppression,
  signal: AbortSignal,
): AsyncGenerator<Queued | Extract<ExplainEvent, { kind: 'bank-progress' }>, void, undefined> {
  const source = await pictureService.source(picture)
  await models.current()
  yield* queue.background(signal, async function* (stop) {
    for await (const progress of engine.prepare(source, suppression, stop)) yield { kind: 'bank-progress', progress } as const
  })
}

const storedSimilarity = z.strictObject({ length: z.int().min(0), cosines: z.instanceof(Float32Array) })

async function similarity(
  { engine, queue, models, pictureService, cache }: QuestionOptions,
  explanation: Explanation | null,
  entry: KeptEntry,
  signal: AbortSignal,
): Promise<Similarity> {
  const key = cacheKey('similarity', { model: entry.model.sha256, provider: null }, { explanation: entry.cacheKey })
  const bytes = cache.get('similarity', key)
  const known = bytes && storedSimilarity.safeParse(unpackOrNull(bytes)).data
  if (known) return known
  const { info } = await models.current()
  if (explanation === null || info.sha256 !== entry.model.sha256) return fail('entry-numbers-gone', { model: entry.model.name })
  const picture = entry.picture === null ? null : await pictureService.source(entry.picture.sha256)
  const completion = explanation.completion.tokens.map(({ id }) => id)
  const computed = await queue.once(signal, () => engine.similarity({ picture, prompt: entry.prompt, completion }, signal))
  cache.put('similarity', key, pack(computed))
  return computed
}

function unpackOrNull(bytes: Uint8Array): unknown {
  try {
    return unpack(bytes)
  } catch {
    return null
  }
}
