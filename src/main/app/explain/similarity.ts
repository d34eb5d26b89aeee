import { z } from 'zod'
import { fail } from '../../../shared/contract/failure.ts'
import { pack } from '../../../shared/contract/packing.ts'
import type { Similarity } from '../../engine/engine.ts'
import type { KeptEntry } from '../../storage/library/history.ts'
import { cacheKey } from './cache-key.ts'
import { keptValue } from './kept-value.ts'
import { knownExplanation, requireModelOf } from './known-explanation.ts'
import type { QuestionOptions } from './question-options.ts'

const keptSimilarity = z.strictObject({ length: z.int().min(0), cosines: z.instanceof(Float32Array) })

/** Cosines of an entry's positions. @throws `entry-numbers-gone` */
export async function similarity(
  { engine, queue, models, pictureService, cache }: QuestionOptions,
  entry: KeptEntry,
  signal: AbortSignal,
): Promise<Similarity> {
  const key = cacheKey('similarity', { model: entry.model.sha256, provider: null }, { explanation: entry.cacheKey })
  const known = keptValue(cache, 'similarity', key, keptSimilarity)
  if (known !== null) return known
  const explanation = knownExplanation(cache, entry.cacheKey) ?? fail('entry-numbers-gone', { model: entry.model.name })
  const picture = entry.picture === null ? null : await pictureService.source(entry.picture.sha256)
  const completion = explanation.completion.tokens.map(({ id }) => id)
  const computed = await queue.once(signal, async () => {
    // While it waited, another model may have been loaded.
    await requireModelOf(models, entry)
    return engine.similarity({ picture, prompt: entry.prompt, completion }, signal)
  })
  cache.put('similarity', key, pack(computed))
  return computed
}
