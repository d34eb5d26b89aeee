import { create } from '@bufbuild/protobuf'
import { TensorProtoSchema } from 'onnx-buf'
import type { TensorProto } from 'onnx-buf'
import { BOOL, FLOAT, FLOAT16, INT32, INT64, readerOf } from './element-type.ts'

/** An int64 initializer; a vector unless `dims` says otherwise. */
export function integerTensor(name: string, values: readonly number[], dims: readonly number[] = [values.length]): TensorProto {
  return rawTensor(name, INT64, dims, BigInt64Array.from(values, BigInt))
}

/** A float32 initializer; a scalar unless `dims` says otherwise. */
export function floatTensor(name: string, values: readonly number[], dims: readonly number[] = []): TensorProto {
  return rawTensor(name, FLOAT, dims, Float32Array.from(values))
}

/** A float16 scalar. */
export function halfTensor(name: string, value: number): TensorProto {
  return rawTensor(name, FLOAT16, [], Float16Array.of(value))
}

function rawTensor(name: string, dataType: number, dims: readonly number[], values: ArrayBufferView<ArrayBuffer>): TensorProto {
  return create(TensorProtoSchema, { name, dataType, dims: dims.map(BigInt), rawData: new Uint8Array(values.buffer) })
}

/** Longest tensor whose content is looked at. */
const mostValues = 1024

/** How many elements a tensor's sizes make. */
export function elementCount({ dims }: Pick<TensorProto, 'dims'>): bigint {
  return dims.reduce((product, size) => product * size, 1n)
}

/** Values of a small tensor held in the file's structure; `null` when they are elsewhere, many, or no plain numbers. */
export function smallValues(tensor: TensorProto | undefined): number[] | null {
  if (tensor === undefined || tensor.externalData.length > 0 || elementCount(tensor) > BigInt(mostValues)) return null
  if (tensor.rawData.length === 0) return listedValues(tensor)
  // A copy: the bytes may begin anywhere in a larger buffer.
  return readerOf(tensor.dataType)?.(new Uint8Array(tensor.rawData).buffer) ?? null
}

/** Half precision is listed as the integers of its bits, which nothing here needs. */
function listedValues({ dataType, int64Data, int32Data, floatData }: TensorProto): number[] | null {
  if (dataType === INT64) return int64Data.map(Number)
  if (dataType === FLOAT) return floatData
  return dataType === INT32 || dataType === BOOL ? int32Data : null
}
