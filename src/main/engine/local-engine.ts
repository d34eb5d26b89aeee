import { fail } from '../../shared/contract/failure.ts'
import { embeddedPictures } from './picture/embedded-pictures.ts'
import type { Engine, EngineOptions } from './engine.ts'
import type { Workbench } from './explain/explain.ts'
import { explain } from './explain/explain.ts'
import { fillBank, openBank } from './explain/fill-bank.ts'
import { ImageBank } from './explain/image-bank.ts'
import { loadModel } from './model/model.ts'
import { localRunner } from './explain/local-runner.ts'
import { jointPasses } from './explain/joint-passes.ts'
import { lookAt, seenBy } from './picture/picture-views.ts'
import { compare } from './explain/compare.ts'
import { write } from './generate/write.ts'

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
        const pictures = embeddedPictures(model)
        loaded = { folder, bench: { model, pictures, runner: localRunner(model, pictures, bank) } }
      }
      const { info, provider } = loaded.bench.model
      return { info, provider }
    },
    generate: (request, signal) => {
      const { model, pictures } = bench()
      return write(model, pictures, request, signal)
    },
    explain: (request, signal) => explain(bench(), request, signal),
    prepare: async function* (picture, suppression, signal) {
      const { model, pictures } = bench()
      const image = await pictures.embed(picture, signal)
      const access = openBank(bank, model, await model.decoder(suppression.variant), image, suppression)
      if (access !== null) yield* fillBank(access, signal)
    },
    renderViews: (picture, signal) => lookAt(picture, signal),
    renderModelInput: async (picture, signal) => seenBy(bench().model, picture, signal),
    similarity: async (request, signal) => {
      const { model, pictures } = bench()
      return compare(model, pictures, request, signal)
    },
    jointPasses: async (request, signal) => jointPasses(bench(), request, signal),
    close: async () => {
      bank.clear()
      await loaded?.bench.model.release()
      loaded = null
    },
  }
}
