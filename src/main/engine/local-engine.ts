import { createHash } from 'node:crypto'
import { fail } from '../../shared/contract/failure.ts'
import type { EmbeddedImage } from './picture/embed-image.ts'
import { embedImage } from './picture/embed-image.ts'
import type { Engine, EngineOptions } from './engine.ts'
import type { Workbench } from './explain/explain.ts'
import { explain } from './explain/explain.ts'
import { fillBank, openBank } from './explain/fill-bank.ts'
import { ImageBank } from './explain/image-bank.ts'
import type { LoadedModel } from './model/model.ts'
import { loadModel } from './model/model.ts'
import { lookAt, seenBy } from './picture/picture-views.ts'
import { compare } from './explain/compare.ts'
import { write } from './generate/write.ts'

/** Pictures kept embedded, the least recently used going first. Each is about a megabyte with the embedded model. */
const keptPictures = 8

/** An engine in this process. Its runs block the event loop; the app puts it into a process of its own. */
export function openEngine(options: EngineOptions): Engine {
  const bank = new ImageBank(options.bankMiB * 2 ** 20)
  let loaded: { readonly folder: string; readonly bench: Workbench } | null = null
  const bench = (): Workbench => loaded?.bench ?? fail('model-missing', { name: '' })
  return {
    load: async (folder) => {
      if (loaded?.folder !== folder) {
        const model = await loadModel(folder, options)
        await loaded?.bench.model.release()
        loaded = { folder, bench: { model, bank, embed: rememberPictures(model) } }
      }
      const { info, provider } = loaded.bench.model
      return { info, provider }
    },
    generate: (request, signal) => write(bench(), request, signal),
    explain: (request, signal) => explain(bench(), request, signal),
    prepare: async function* (picture, suppression, signal) {
      const { model, embed } = bench()
      const image = await embed(picture, signal)
      const access = openBank(bank, model, await model.decoder(suppression.variant), image, suppression)
      if (access !== null) yield* fillBank(access, signal)
    },
    renderViews: (picture, signal) => lookAt(picture, signal),
    renderModelInput: async (picture, signal) => seenBy(bench().model, picture, signal),
    similarity: async (request, signal) => compare(bench(), request, signal),
    close: async () => {
      bank.clear()
      await loaded?.bench.model.release()
      loaded = null
    },
  }
}

function rememberPictures(model: LoadedModel): Workbench['embed'] {
  const known = new Map<string, EmbeddedImage>()
  return async (picture, signal) => {
    const key = createHash('sha256').update(picture.bytes).digest('hex')
    const image = known.get(key) ?? (await embedImage(model, picture, signal))
    known.delete(key)
    known.set(key, image)
    for (const oldest of known.keys()) if (known.size > keptPictures) known.delete(oldest)
    return image
  }
}
