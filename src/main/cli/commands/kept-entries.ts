import { fail } from '../../../shared/contract/failure.ts'
import { unpackExplanation } from '../../app/explain/stored-explanation.ts'
import { keptPass } from '../../app/explain/suppress-part.ts'
import type { ExportSource } from '../../export/make-export.ts'
import type { KeptEntry } from '../../storage/library/history.ts'
import type { ReadProfile } from '../../storage/profile/read-profile.ts'
import { refusePart } from './explanation-files.ts'
import { imageOf } from './read-picture.ts'

/**
 * An entry by its id or its beginning; drawings show the beginning only.
 * @throws `entry-missing`, or `option-invalid` for a beginning of several
 */
export function findEntry({ history }: Pick<ReadProfile, 'history'>, id: string): KeptEntry {
  return history.find(id) ?? onlyOne(allEntries({ history }), id)
}

/**
 * The newest entries, newest first.
 * @throws `entry-missing` where there is none
 */
export function newestEntries({ history }: Pick<ReadProfile, 'history'>, count: number): KeptEntry[] {
  const newest = allEntries({ history })
    .sort((one, other) => other.createdAt - one.createdAt)
    .slice(0, count)
  return newest.length > 0 ? newest : fail('entry-missing', {})
}

function allEntries({ history }: Pick<ReadProfile, 'history'>): KeptEntry[] {
  return [...history.list({ search: '', offset: 0, limit: Number.MAX_SAFE_INTEGER }).entries]
}

function onlyOne(entries: readonly KeptEntry[], beginning: string): KeptEntry {
  const [found, ...others] = entries.filter(({ id }) => id.startsWith(beginning))
  if (others.length > 0) fail('option-invalid', { option: beginning, reason: 'several entries begin like this' })
  return beginning.length < 4 || found === undefined ? fail('entry-missing', {}) : found
}

/** An entry as an export takes it: its numbers from the cache, its picture from the library. */
export function entrySource({ cache, pictures }: ReadProfile, entry: KeptEntry): ExportSource {
  const { id, createdAt, picture, prompt, completion, cacheKey, model } = entry
  return {
    entry: { id, createdAt, pictureName: picture?.name ?? null, prompt, completion, model: model.name },
    explanation: async () => {
      const bytes = cache.get('explanation', cacheKey)
      return (bytes && unpackExplanation(bytes)) ?? fail('entry-numbers-gone', { model: model.name })
    },
    picture: async () => {
      if (picture === null) return null
      const bytes = await pictures.bytes(picture.sha256)
      return bytes === null ? fail('picture-forgotten', {}) : imageOf({ name: picture.name, bytes })
    },
    joint: async ({ positions }) =>
      keptPass(cache, entry, positions) ??
      refusePart('this part was not suppressed in the app yet; ask there, or with whence explain'),
  }
}
