import { join } from 'node:path'
import type { EngineOptions } from '../../src/main/engine/engine.ts'
import type { LoadedModel } from '../../src/main/engine/model/model.ts'
import { loadModel } from '../../src/main/engine/model/model.ts'
import type { PictureProvenance } from '../../src/shared/explanation/record.ts'

/** Root of the repository. */
export const root = join(import.meta.dirname, '..', '..')

/** Folder of the embedded model. */
export const embeddedModel = join(root, 'models', 'whence-scenes')

/** An engine as the tests want it: on the processor, with a bank that holds one picture, nothing kept on disk. */
export const testOptions: EngineOptions = { device: 'cpu', bankMiB: 256, batch: null, cacheFolder: null }

/** Loads the embedded model. */
export function openTestModel(options: Partial<EngineOptions> = {}): Promise<LoadedModel> {
  return loadModel(embeddedModel, { ...testOptions, ...options })
}

/** Frees a model after a test. */
export function closeModel(model: LoadedModel): Promise<void> {
  return model.release()
}

/** Provenance of a picture known by its embeddings alone. */
export function unknownPicture(name: string): PictureProvenance {
  const seen = { left: 0, top: 0, width: 192, height: 192 }
  return { sha256: name, format: 'png', width: 192, height: 192, notes: [], seen }
}
