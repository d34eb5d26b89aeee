import { existsSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { fail } from '../../../shared/contract/failure.ts'
import type { Cache } from '../cache/cache.ts'
import { cacheOver, noCache } from '../cache/cache.ts'
import type { History } from '../library/history.ts'
import { historyOver } from '../library/history.ts'
import { librarySchema } from '../library/library-schema.ts'
import { cacheSchema } from '../cache/open-cache.ts'
import type { Finding, Schema } from '../database/open-database.ts'
import { examine } from '../database/open-database.ts'
import { picturesIn, picturesInMemory } from '../library/picture-files.ts'
import type { Pictures } from '../library/pictures.ts'
import { picturesOver } from '../library/pictures.ts'
import { sqliteTrouble, storageReason } from '../database/sqlite-trouble.ts'

/** A profile that is only read, as it is on disk: also while the app uses it. */
export interface ReadProfile extends Disposable {
  readonly history: Pick<History, 'find' | 'list'>
  readonly pictures: Pick<Pictures, 'bytes'>
  readonly cache: Pick<Cache, 'get'>
}

/**
 * Opens a profile for reading. It takes no lock, for readers and the writer of a WAL database do not disturb each other, and repairs nothing.
 * @throws `profile-newer`, or `library-unusable` for one that is not there, damaged, or of an older version
 */
export function readProfile(folder: string): ReadProfile {
  try {
    const library = openToRead(folder, 'library.db', librarySchema)
    const cache = openCacheToRead(folder)
    const close = (): void => [library, cache].forEach((database) => void database?.close())
    const files = join(folder, 'pictures')
    return {
      history: historyOver(library),
      pictures: picturesOver(library, existsSync(files) ? picturesIn(files) : picturesInMemory()),
      cache: cache === null ? noCache : cacheOver(cache, 0),
      [Symbol.dispose]: close,
    }
  } catch (error) {
    const reason = storageReason(error)
    if (reason === null) throw error
    return fail('library-unusable', { reason }, error)
  }
}

function openToRead(folder: string, name: string, schema: Schema): Database.Database {
  const path = join(folder, name)
  const finding = look(path, schema)
  if (finding.kind === 'newer') fail('profile-newer', { folder })
  const reason = problem(finding, folder, schema)
  if (reason !== null) fail('library-unusable', { reason })
  return new Database(path, { readonly: true })
}

function look(path: string, schema: Schema): Finding {
  try {
    return examine(path, schema, false)
  } catch (error) {
    if (sqliteTrouble(error) === 'damaged') return { kind: 'damaged' }
    throw error
  }
}

function problem(finding: Finding, folder: string, { migrations }: Schema): string | null {
  if (finding.kind === 'new') return `there is none in ${folder}`
  if (finding.kind === 'damaged') return 'its content is damaged; the app repairs it when it starts'
  const old = finding.kind === 'usable' && finding.version < migrations.length
  return old ? 'an older version wrote it; start this one’s app once' : null
}

/** Without a cache there are no numbers, and that is said entry by entry. */
function openCacheToRead(folder: string): Database.Database | null {
  const path = join(folder, 'cache.db')
  const finding = look(path, cacheSchema)
  const usable = finding.kind === 'usable' && finding.version === cacheSchema.migrations.length
  return usable ? new Database(path, { readonly: true }) : null
}
