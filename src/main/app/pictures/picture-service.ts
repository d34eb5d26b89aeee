import { createHash } from 'node:crypto'
import { fail } from '../../../shared/contract/failure.ts'
import type { AddedPicture, RasterKind } from '../../../shared/contract/library.ts'
import { shownPicture } from '../../../shared/contract/library.ts'
import { pack, unpack } from '../../../shared/contract/packing.ts'
import type { Engine, PictureSource, PictureViews, ShownPicture } from '../../engine/engine.ts'
import type { Cache, CacheKind } from '../../storage/cache/cache.ts'
import type { Pictures } from '../../storage/library/pictures.ts'
import { cacheKey } from '../explain/cache-key.ts'
import type { ModelRegistry } from '../models/model-registry.ts'
import { lastElement } from '../../../shared/values/element.ts'
import type { EngineQueue } from '../../engine/engine-queue.ts'

/** Takes pictures in and shows them. */
export interface PictureService {
  /**
   * Checks a picture and keeps it.
   * @throws `picture-unsupported`, `picture-too-large`, `picture-damaged`, `library-unusable`
   */
  add(source: PictureSource, signal: AbortSignal): Promise<AddedPicture>
  /** A kept picture as the engine takes it. @throws `picture-forgotten` */
  source(sha256: string): Promise<PictureSource>
  /** A kept picture for showing. @throws `picture-forgotten` */
  show(sha256: string, size: Exclude<RasterKind, 'seen'>): Promise<ShownPicture>
  /** What the model at work sees of it. @throws `picture-forgotten`, `picture-refused` */
  renderModelInput(sha256: string, signal: AbortSignal): Promise<ShownPicture>
}

/** What the service works with. */
export interface PictureServiceOptions {
  readonly engine: Engine
  /** An engine that is free while the other one sweeps; `null` when there is none. */
  readonly reader: Engine | null
  readonly queue: EngineQueue
  readonly pictures: Pictures
  readonly cache: Cache
  readonly models: ModelRegistry
}

/** Makes the service. */
export function createPictureService({ engine, reader, queue, pictures, cache, models }: PictureServiceOptions): PictureService {
  const looking = new Map<string, Promise<PictureViews>>()

  async function renderViews(sha256: string, source: PictureSource, signal: AbortSignal): Promise<PictureViews> {
    const views = await (reader === null
      ? queue.once(signal, () => engine.renderViews(source, signal))
      : reader.renderViews(source, signal))
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
    return renderViews(sha256, await sourceOf(sha256), new AbortController().signal)
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
      const { width, height, notes } = known ?? (await renderViews(sha256, { name, bytes }, signal)).provenance
      const picture = { sha256, name, width, height, notes: [...notes] }
      await pictures.add(picture, bytes)
      return picture
    },
    source: sourceOf,
    show: async (sha256, size) => remembered(size, viewKey(size, sha256)) ?? (await lookOnce(sha256))[size],
    renderModelInput: async (sha256, signal) => {
      const { info } = await models.current()
      const key = cacheKey('seen', { model: info.sha256, provider: null }, { sha256 })
      const known = remembered('seen', key)
      if (known !== null) return known
      const source = await sourceOf(sha256)
      const shown = await queue.once(signal, () => engine.renderModelInput(source, signal))
      cache.put('seen', key, packShown(shown))
      return shown
    },
  }
}

/** Without its folders and without characters that could disturb a line. */
function shownName(name: string): string {
  const clean = lastElement(name.split(/[\\/]/))
    .replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '')
    .trim()
    .slice(0, 255)
  return clean === '' ? 'picture' : clean
}

function viewKey(size: string, sha256: string): string {
  return cacheKey(size, { model: null, provider: null }, { sha256 })
}

function packShown({ mime, bytes }: ShownPicture): Uint8Array {
  return pack({ mime, bytes })
}

function unpackShown(packed: Uint8Array): ShownPicture | null {
  try {
    return shownPicture.parse(unpack(packed))
  } catch {
    return null
  }
}
