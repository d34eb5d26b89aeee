import type { z } from 'zod'
import { unpack } from '../../../shared/contract/packing.ts'
import type { Cache, CacheKind } from '../../storage/cache/cache.ts'

/** A value that the cache keeps packed; `null` where it has none, or one that is damaged or of another form. */
export function keptValue<Schema extends z.ZodType>(
  cache: Pick<Cache, 'get'>,
  kind: CacheKind,
  key: string,
  schema: Schema,
): z.infer<Schema> | null {
  const bytes = cache.get(kind, key)
  if (bytes === null) return null
  const { success, data } = schema.safeParse(unpackedOrNull(bytes))
  return success ? data : null
}

function unpackedOrNull(bytes: Uint8Array): unknown {
  try {
    return unpack(bytes)
  } catch {
    return null
  }
}
