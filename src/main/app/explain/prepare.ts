import type { Suppression } from '../../../shared/explanation/parameters.ts'
import type { ExplainEvent } from '../../engine/engine.ts'
import type { Queued } from '../../engine/engine-queue.ts'
import type { QuestionOptions } from './question-options.ts'

/** Fills the image bank for a picture while nobody asks. */
export async function* prepare(
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
