import type { PatchGrid } from '../../../shared/explanation/record.ts'
import type { Provider } from '../../../shared/explanation/parameters.ts'
import { present } from '../../../shared/values/element.ts'
import { fail } from '../../../shared/contract/failure.ts'
import { openModelGraph, requireTensors } from '../model/model-graph.ts'
import type { ModelFolder } from '../model/model-folder.ts'
import type { PreprocessorConfig } from './preprocess.ts'
import type { FloatTensor } from '../runtime/session.ts'

/** What a model needs to see a picture. */
export interface PictureParts {
  readonly preprocessor: PreprocessorConfig
  readonly grid: PatchGrid
  /** Patch embeddings `[patches, hidden]` of pixels `[1, 3, height, width]`. */
  readonly vision: (pixels: FloatTensor) => Promise<Float32Array>
  /** Frees its session. */
  release(): Promise<void>
}

/** Loads a model's picture encoder; `null` for a model that reads text only. */
export async function openPictureParts(folder: ModelFolder, provider: Provider): Promise<PictureParts | null> {
  const { picture } = folder.config
  const file = folder.files.visionEncoder
  if (picture === null || file === null || folder.preprocessor === null) return null
  const session = await openModelGraph(folder, file, provider)
  requireTensors(folder, file, session, 'pixel_values', 'image_features')
  const expected = picture.grid.rows * picture.grid.columns * folder.config.hiddenSize
  return {
    preprocessor: folder.preprocessor,
    grid: { ...picture.grid, start: 0 },
    vision: async (pixels) => {
      const { image_features: features } = await session.run({ pixel_values: pixels }, ['image_features'])
      const tensor = present(features, 'the output image_features')
      if (tensor.data.length !== expected) return wrongSize(folder, picture.grid, tensor.shape)
      return tensor.data.every(Number.isFinite) ? tensor.data : fail('model-not-finite', { model: folder.name })
    },
    release: () => session.release(),
  }
}

function wrongSize(folder: ModelFolder, { rows, columns }: { rows: number; columns: number }, shape: readonly number[]): never {
  const expected = `image_features of ${rows} x ${columns} patches with ${folder.config.hiddenSize} numbers each`
  return fail('model-tensors', {
    model: folder.name,
    file: 'vision_encoder',
    expected,
    found: `a shape of [${shape.join(', ')}]`,
  })
}
