import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { create } from '@bufbuild/protobuf'
import { StringStringEntryProtoSchema, TensorProto_DataLocation as DataLocation, TensorProtoSchema } from 'onnx-buf'
import type { ModelProto, TensorProto } from 'onnx-buf'
import { onTestFinished } from 'vitest'
import type { Failure } from '../../../../src/shared/contract/failure.ts'
import { failureOf } from '../../../../src/shared/contract/failure.ts'
import { explicitLayer, bytesOf, syntheticDecoder } from './synthetic-decoder.ts'

/** A model folder that is gone after the test, `bad/onnx` within a folder of its own. */
export function temporaryFolder(): string {
  const parent = mkdtempSync(join(tmpdir(), 'whence-graph-'))
  onTestFinished(() => rmSync(parent, { recursive: true, force: true }))
  const folder = join(parent, 'bad', 'onnx')
  mkdirSync(folder, { recursive: true })
  return folder
}

/** Writes a model file and returns its path. */
export function writeModel(folder: string, model: ModelProto | Uint8Array, file = 'decoder.onnx'): string {
  const path = join(folder, file)
  writeFileSync(path, model instanceof Uint8Array ? model : bytesOf(model))
  return path
}

/** The synthetic decoder with explicit attention, changed. */
export function changedDecoder(change: (model: ModelProto, graph: NonNullable<ModelProto['graph']>) => void): ModelProto {
  const model = syntheticDecoder(explicitLayer)
  if (model.graph === undefined) throw new Error('the synthetic decoder has no graph')
  change(model, model.graph)
  return model
}

/** A float tensor `[4]` whose bytes lie elsewhere. */
export function externalTensor(
  name: string,
  entries: Readonly<Record<string, string>> | readonly (readonly [string, string])[],
): TensorProto {
  const pairs: readonly (readonly [string, string])[] = Array.isArray(entries) ? entries : Object.entries(entries)
  return create(TensorProtoSchema, {
    name,
    dataType: 1,
    dims: [4n],
    dataLocation: DataLocation.EXTERNAL,
    externalData: pairs.map(([key, value]) => create(StringStringEntryProtoSchema, { key, value })),
  })
}

/** The failure that the work ends in; `null` when it succeeds. Bugs are thrown on. */
export async function failureFrom(work: () => unknown): Promise<Failure | null> {
  try {
    await work()
    return null
  } catch (error) {
    const failure = failureOf(error)
    if (failure === null) throw error
    return failure
  }
}
