import { createHash } from 'node:crypto'
import { z } from 'zod'
import { fail } from '../../shared/domain/failure.ts'
import type { AddedPicture } from '../../shared/ipc/library.ts'
import { pack, unpack } from '../../shared/ipc/packing.ts'
import { bytes as bytesSchema } from '../../shared/ipc/schemas.ts'
import type { Engine, PictureSource, PictureViews, ShownPicture } from '../engine/engine.ts'
import type { Cache, CacheKind } from '../storage/cache.ts'
import type { Pictures } from '../storage/pictures.ts'
import { cacheKey } from './cache-key.ts'
import type { ModelShelf } from './model-shelf.ts'
import type { Turns } from './turns.ts'

/** Takes pictures in and shows them. */
export interface PictureDesk {
  /**
   * Checks a picture and keeps it.
   * @throws `picture-unsupported`, `picture-too-large`, `picture-damaged`, `library-unusable`
   */
  add(source: PictureSource, signal: AbortSignal): Promise<AddedPicture>
  /** A kept picture as the engine takes it. @throws `picture-forgotten` */
  source(sha256: string): Promise<PictureSource>
  /** A kept picture for showing. @throws `picture-forgotten` */
  show(sha256: string, size: 'display' | 'thumbnail'): Promise<ShownPicture>
  /** What the model at work sees of it. @throws `picture-forgotten`, `picture-refused` */
  seen(sha256: string, signal: AbortSignal): Promise<ShownPicture>
}

/** What a desk works with. */
export interface DeskOptions {
  readonly engine: Engine
  /** An engine that is free while the other one sweeps; `null` when there is none. */
  readonly reader: Engine | null
  readonly turns: Turns
  readonly pictures: Pictures
  readonly cache: Cache
  readonly models: ModelShelf
}

/** Opens the desk. */
export function pictureDesk({ engine, reader, turns, pictures, cache, models }: DeskOptions): PictureDesk {
  const looking = new Map<string, Promise<PictureViews>>()

  async function look(sha256: string, source: PictureSource, signal: AbortSignal): Promise<PictureViews> {
    const views = await (reader === null ? turns.once(signal, () => engine.look(source, signal)) : reader.look(source, signal))
    cache.put('display', viewKey('display', sha256), packShown(views.display))
    cache.put('thumbnail', viewKey('thumbnail', sha256), packShown(views.thumbnail))
    return views
  }

  /** A list asks for the same picture several times at once. */
  function lookOnce(sha256: string): Promise<PictureViews> {
    const known = looking.get(sha256) ?? lookAgain(sha256).finally(() => looking.delete(sha256))
    looking.set(sha256, known)
    return known
  }

  async function lookAgain(sha256: string): Promise<PictureViews> {
    return look(sha256, await sourceOf(sha256), new AbortController().signal)
  }

  async function sourceOf(sha256: string): Promise<PictureSource> {
    const kept = pictures.find(sha256)
    const bytes = kept && (await pictures.bytes(sha256))
    return bytes ? { name: kept.name, bytes } : fail('picture-forgotten', {})
  }

  function remembered(kind: CacheKind, key: string): ShownPicture | null {
    const bytes = cache.get(kind, key)
    return bytes && unpackShown(bytes)
  }

  return {
    add: async ({ name: given, bytes }, signal) => {
      const name = shownName(given)
      const sha256 = createHash('sha256').update(bytes).digest('hex')
      const known = pictures.find(sha256)
      const { width, height, notes } = known ?? (await look(sha256, { name, bytes }, signal)).provenance
      const picture = { sha256, name, width, height, notes: [...notes] }
      await pictures.add(picture, bytes)
      return picture
    },
    source: sourceOf,
    show: async (sha256, size) => remembered(size, viewKey(size, sha256)) ?? (await lookOnce(sha256))[size],
    seen: async (sha256, signal) => {
      const { info } = await models.current()
      const key = cacheKey('seen', { model: info.sha256, provider: null }, { sha256 })
      const known = remembered('seen', key)
      if (known !== null) return known
      const source = await sourceOf(sha256)
      const shown = await turns.once(signal, () => engine.seen(source, signal))
      cache.put('seen', key, packShown(shown))
      return shown
    },
  }
}

/** Without its folders and without characters that could disturb a line. */
function shownName(name: string): string {
  const last = name.split(/[\\/]/).at(-1) ?? ''
  const clean = last
    .replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '')
    .trim()
    .slice(0, 255)
  return clean === '' ? 'picture' : clean
}

function viewKey(size: string, sha256: string): string {
  return cacheKey(size, { model: null, provider: null }, { sha256 })
}

const shownSchema = z.strictObject({ mime: z.enum(['image/png', 'image/jpeg', 'image/webp']), bytes: bytesSchema })

function packShown({ mime, bytes }: ShownPicture): Uint8Array {
  return pack({ mime, bytes })
}

function unpackShown(packed: Uint8Array): ShownPicture | null {
  try {
    return shownSchema.parse(unpack(packed))
  } catch {
    return null
  }
}
