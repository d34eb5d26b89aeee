import { closeSync, fstatSync, openSync, statSync } from 'node:fs'
import { fromBinary } from '@bufbuild/protobuf'
import { ModelProtoSchema } from 'onnx-buf'
import type { ModelProto } from 'onnx-buf'
import { copyStructure } from './structure.ts'
import { Refused } from './refusal.ts'
import { Walk, bounds } from './walk.ts'
import type { SkimLimits } from './walk.ts'

/** The structure of a model file: everything but the weights, which are references into the file. */
export interface Skimmed {
  readonly model: ModelProto
  /** The structure as bytes: two files with equal structure differ in weights only. */
  readonly structure: Uint8Array
  readonly fileSize: number
}

/**
 * Reads a model file without its weights: raw data of initializers stays where it is and is replaced by a reference
 * (location, offset, length) into the same file, so that a file of any size costs its structure only.
 * @param location name by which ONNX Runtime will find this file in the weights' folder
 * @throws Refused for anything that is not a well-formed, bounded protobuf message
 */
export function skim(file: string, location: string, limits: SkimLimits = bounds): Skimmed {
  const descriptor = openPlainFile(file)
  try {
    const { size } = fstatSync(descriptor)
    if (size > limits.file) throw new Refused('unsafe', 'is larger than 2 GiB')
    if (size === 0) throw new Refused('invalid', 'is empty')
    const structure = copyStructure(new Walk(descriptor, size, location, limits))
    return { model: decode(structure), structure, fileSize: size }
  } finally {
    closeSync(descriptor)
  }
}

function openPlainFile(file: string): number {
  // Opening a pipe would wait for a writer, so the kind is asked first.
  if (!statSync(file).isFile()) throw new Refused('invalid', 'is no plain file')
  try {
    return openSync(file, 'r')
  } catch (error) {
    throw new Refused('invalid', 'cannot be read', error)
  }
}

function decode(structure: Uint8Array): ModelProto {
  try {
    return fromBinary(ModelProtoSchema, structure)
  } catch (error) {
    throw new Refused('invalid', 'is damaged or no ONNX model', error)
  }
}
