import type { Explanation } from '../../../shared/explanation/record.ts'
import { fail } from '../../../shared/contract/failure.ts'
import type { Cache } from '../../storage/cache/cache.ts'
import type { KeptEntry } from '../../storage/library/history.ts'
import type { ModelRegistry } from '../models/model-registry.ts'
import { unpackExplanation } from './stored-explanation.ts'

/** The explanation the cache keeps under a key; `null` when it has none. */
export function knownExplanation(cache: Pick<Cache, 'get'>, key: string): Explanation | null {
  const bytes = cache.get('explanation', key)
  return bytes && unpackExplanation(bytes)
}

/**
 * Checks that the model at work is the one an entry was made with.
 * @throws `entry-numbers-gone`
 */
export async function requireModelOf(models: ModelRegistry, { model }: Pick<KeptEntry, 'model'>): Promise<void> {
  const { info } = await models.current()
  if (info.sha256 !== model.sha256) fail('entry-numbers-gone', { model: model.name })
}
