import { mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { failureOf } from '../../shared/contract/failure.ts'
import type { Cache } from './cache/cache.ts'
import { cacheOver, noCache } from './cache/cache.ts'
import { guard } from './database/guard.ts'
import type { History } from './library/history.ts'
import { historyOver } from './library/history.ts'
import { librarySchema } from './library/library-schema.ts'
import type { KeyValueStore } from './library/key-value-store.ts'
import { keyValueStore } from './library/key-value-store.ts'
import { migrate } from './database/migrations.ts'
import { cacheSchema, openCache } from './cache/open-cache.ts'
import { openLibrary } from './library/open-library.ts'
import type { PictureFiles } from './library/picture-files.ts'
import { picturesIn, picturesInMemory } from './library/picture-files.ts'
import type { Pictures } from './library/pictures.ts'
import { picturesOver } from './library/pictures.ts'
import { lockProfile } from './profile/profile-lock.ts'
import { markSession } from './profile/session-marker.ts'
import type { SettingsStore } from './library/settings-store.ts'
import { settingsOver } from './library/settings-store.ts'
import { storageReason } from './database/sqlite-trouble.ts'

/** Everything that outlives a session, in one folder, used by one process at a time. */
export interface Storage {
  readonly folder: string
  /** Sentences about how it was opened: something set aside, nothing can be kept. */
  readonly notices: readonly string[]
  readonly history: History
  readonly pictures: Pictures
  readonly settings: SettingsStore
  readonly keyValues: KeyValueStore
  readonly cache: Cache
  /** Ends the session. Nothing is lost without it; the next session then examines the databases first. */
  close(): void
}

/** How a storage is opened. */
export interface StorageOptions {
  /** Most bytes of values in the cache. */
  readonly cacheLimit: number
}

/** Most bytes of values in a cache in memory. */
const memoryCacheLimit = 2 ** 28

const defaults: StorageOptions = { cacheLimit: 2 ** 30 }

/**
 * Opens a profile and makes it when it is not there. A folder that cannot be used gives a storage in memory and a notice that names it.
 * @throws `profile-locked`, or `profile-newer`
 */
export async function openStorage(folder: string, options: Partial<StorageOptions> = {}): Promise<Storage> {
  try {
    return await openFolder(folder, { ...defaults, ...options })
  } catch (error) {
    const reason = storageReason(error)
    if (reason === null) throw error
    return storageInMemory(
      folder,
      `The folder ${folder} cannot be used (${reason}), so nothing will be kept after Whence is closed.`,
    )
  }
}

async function openFolder(folder: string, { cacheLimit }: StorageOptions): Promise<Storage> {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const lock = lockProfile(folder)
  const opened: { close(): unknown }[] = [{ close: () => lock.release() }]
  const closeAll = (): void => opened.reverse().forEach((part) => void part.close())
  try {
    const marker = markSession(folder)
    const { database, notices } = await openLibrary(folder, marker.wasUnclean)
    opened.push(database)
    const library = assemble(folder, database, picturesIn(join(folder, 'pictures')), notices)
    purge(library, folder)
    const { cache, notice, ...rest } = openCacheOrNone(folder, marker.wasUnclean, cacheLimit)
    opened.push(rest)
    // Between the lock and the databases: the session ended well once they are closed, and as long as nobody else may begin one.
    opened.splice(1, 0, { close: () => (cache.damaged || library.damaged() ? undefined : marker.clear()) })
    return {
      ...library,
      notices: notice === null ? library.notices : [...library.notices, notice],
      cache,
      close: closeAll,
    }
  } catch (error) {
    closeAll()
    throw error
  }
}

type Library = Omit<Storage, 'cache' | 'close'> & { readonly damaged: () => boolean }

function assemble(folder: string, database: Database.Database, files: PictureFiles, notices: readonly string[]): Library {
  let damaged = false
  const watch = <Store extends object>(store: Store): Store =>
    guard(store, { isOpen: () => database.open, onDamage: () => (damaged = true) })
  const keyValues = keyValueStore(database)
  const { store, spoilt } = settingsOver(keyValues)
  const all = spoilt ? [...notices, 'Some settings could not be read and are as at first.'] : notices
  return {
    folder,
    notices: all,
    history: watch(historyOver(database)),
    pictures: watch(picturesOver(database, files)),
    settings: watch(store),
    keyValues: watch(keyValues),
    damaged: () => damaged,
  }
}

/** Forgets what was deleted in the session before. A full disk is no reason not to show what there is. */
function purge({ history, pictures }: Library, folder: string): void {
  try {
    history.purge()
    // Entries of a library that was set aside may still be wanted, and with them their pictures.
    pictures.purge(!readdirSync(folder).some((name) => name.startsWith('library.db.corrupt-')))
  } catch (error) {
    if (failureOf(error) === null) throw error
  }
}

interface CacheAtWork {
  readonly cache: Cache
  readonly notice: string | null
  close(): void
}

function openCacheOrNone(folder: string, thorough: boolean, limit: number): CacheAtWork {
  try {
    const { database, notice } = openCache(folder, thorough)
    return { cache: cacheOver(database, limit), close: () => void database.close(), notice }
  } catch (error) {
    const reason = storageReason(error)
    if (reason === null) throw error
    return { cache: noCache, close: () => {}, notice: `Results cannot be stored (${reason}); they are computed each time.` }
  }
}

function storageInMemory(folder: string, notice: string): Storage {
  const [library, cache] = [librarySchema, cacheSchema].map(({ migrations }) => {
    const database = new Database(':memory:')
    migrate(database, migrations)
    return database
  }) as [Database.Database, Database.Database]
  return {
    ...assemble(folder, library, picturesInMemory(), [notice]),
    cache: cacheOver(cache, memoryCacheLimit),
    close: () => {
      cache.close()
      library.close()
    },
  }
}
