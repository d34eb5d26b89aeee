import { z } from 'zod'
import type { Sampling, Suppression } from '../../../shared/explanation/parameters.ts'
import { generateEvent } from '../../../shared/contract/events.ts'
import { pack } from '../../../shared/contract/packing.ts'
import type { GenerateEvent, Steering } from '../../engine/engine.ts'
import type { Queued } from '../../engine/engine-queue.ts'
import { cacheKey } from './cache-key.ts'
import { keptValue } from './kept-value.ts'
import type { QuestionOptions } from './question-options.ts'

/** What a person asks to have written. */
export interface GenerateQuestion {
  readonly picture: string | null
  readonly prompt: string
  readonly sampling: Sampling
  readonly steering: readonly Steering[]
  readonly suppression: Suppression
}

const keptEvents = z.array(generateEvent)

/** Writes, plainly or steered; what was written once is replayed from the cache. */
export async function* generate(
  { engine, queue, models, pictureService, cache }: QuestionOptions,
  question: GenerateQuestion,
  signal: AbortSignal,
): AsyncGenerator<Queued | GenerateEvent, void, undefined> {
  const picture = question.picture === null ? null : await pictureService.source(question.picture)
  const keyNow = async (): Promise<string> => {
    const { info, provider } = await models.current()
    return cacheKey('completion', { model: info.sha256, provider }, question)
  }
  const found = keptValue(cache, 'completion', await keyNow(), keptEvents)
  if (found !== null) return yield* found.filter((event) => event.kind !== 'queued')
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
