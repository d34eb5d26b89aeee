import { basename, dirname } from 'node:path'
import { failureOf, fail } from '../../../shared/contract/failure.ts'

/**
 * Why a file is not taken: `unsafe` when it reaches for what is not its own or for too much, `invalid` when it is no usable model,
 * `missing` when a file it needs is not there.
 */
export type RefusalKind = 'unsafe' | 'invalid' | 'missing'

/** A reason not to take a file, worded to follow the file's name (`missing`: the name of the other file). Becomes a failure where the file's name is known. */
export class Refused extends Error {
  readonly kind: RefusalKind
  constructor(kind: RefusalKind, reason: string, cause?: unknown) {
    super(reason, { cause })
    this.name = 'Refused'
    this.kind = kind
  }
}

/** How a model file is spoken of: the model's folder as the person knows it, and the file's own name. */
export interface ModelFileName {
  readonly model: string
  readonly file: string
}

/** Names of a file in a model folder; graphs usually lie in its folder `onnx`. */
export function modelFileName(path: string): ModelFileName {
  const folder = dirname(path)
  const file = basename(path)
  return basename(folder) === 'onnx'
    ? { model: basename(dirname(folder)), file: `onnx/${file}` }
    : { model: basename(folder), file }
}

/** Turns whatever the work on a file threw into a failure that names it; failures stay as they are. */
export function failFor(name: ModelFileName, error: unknown): never {
  if (failureOf(error) !== null) throw error
  if (error instanceof Refused) {
    if (error.kind === 'missing') fail('model-file-missing', { model: name.model, file: error.message }, error)
    fail(error.kind === 'unsafe' ? 'model-unsafe' : 'model-invalid', { ...name, reason: error.message }, error)
  }
  throw error
}
