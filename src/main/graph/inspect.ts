import { realpathSync } from 'node:fs'
import { basename, dirname } from 'node:path'
import type { TensorProto } from 'onnx-buf'
import { present } from '../../shared/values/element.ts'
import { fail } from '../../shared/contract/failure.ts'
import { checkStructure } from './file/check-structure.ts'
import { WeightCheck } from './file/check-weights.ts'
import { failFor, modelFileName } from './file/refusal.ts'
import type { ModelFileName } from './file/refusal.ts'
import { skim } from './file/skim.ts'
import type { Skimmed } from './file/skim.ts'
import { elementCount } from './onnx/tensor.ts'

/** A model file that may be handed to ONNX Runtime. */
export interface Inspected extends Skimmed {
  /** The file itself, links resolved. */
  readonly original: string
  /** Size of the largest weight as float32, in bytes: what constant folding may produce at most. */
  readonly largestInitializerBytes: number
}

/**
 * Checks a model file before ONNX Runtime sees it: well-formed, bounded, and reaching for nothing outside its folder.
 * @param model name of the model to speak of; by default that of its folder
 * @throws model-file-missing, model-invalid, model-unsafe
 */
export function inspectGraph(file: string, model?: string): Inspected {
  const found = modelFileName(file)
  const name = model === undefined ? found : { ...found, model }
  try {
    const original = realpathOf(file, name)
    const skimmed = skim(original, basename(original))
    const weights = new WeightCheck(dirname(original), { name: basename(original), size: skimmed.fileSize })
    checkStructure(skimmed.model, (tensor) => weights.check(tensor))
    return {
      ...skimmed,
      original,
      largestInitializerBytes: largest(present(skimmed.model.graph, 'the checked graph').initializer),
    }
  } catch (error) {
    failFor(name, error)
  }
}

function realpathOf(file: string, name: ModelFileName): string {
  try {
    return realpathSync(file)
  } catch (error) {
    fail('model-file-missing', name, error)
  }
}

function largest(initializers: readonly TensorProto[]): number {
  return initializers.reduce((most, tensor) => Math.max(most, 4 * Number(elementCount(tensor))), 0)
}
