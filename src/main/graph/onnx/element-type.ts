import { TensorProto_DataType as DataType } from 'onnx-buf'
import { present } from '../../../shared/values/element.ts'

/** The element types that the surgery reads or writes by name, as onnx.proto numbers them. */
export const FLOAT: number = DataType.FLOAT
/** See {@link FLOAT}. */
export const FLOAT16: number = DataType.FLOAT16
/** See {@link FLOAT}. */
export const INT64: number = DataType.INT64
/** See {@link FLOAT}. */
export const INT32: number = DataType.INT32
/** See {@link FLOAT}. */
export const BOOL: number = DataType.BOOL
/** See {@link FLOAT}. */
export const STRING: number = DataType.STRING

/** What is known of an element type. */
interface ElementType {
  /** Bits of one element. */
  readonly bits: bigint
  /** Reads raw data as plain numbers. */
  readonly read?: (bytes: ArrayBuffer) => number[]
  /** Least score that the surgery gives to a hidden key; only for the types that keys and values may have. */
  readonly lowestScore?: number
}

/** Strings have no fixed size and are not in the list. */
const elementTypes = new Map<number, ElementType>([
  [DataType.FLOAT, { bits: 32n, read: (bytes) => [...new Float32Array(bytes)], lowestScore: -3.4e38 }],
  [DataType.FLOAT16, { bits: 16n, read: (bytes) => [...new Float16Array(bytes)], lowestScore: -65504 }],
  [DataType.INT64, { bits: 64n, read: (bytes) => Array.from(new BigInt64Array(bytes), Number) }],
  [DataType.INT32, { bits: 32n, read: (bytes) => [...new Int32Array(bytes)] }],
  [DataType.BOOL, { bits: 8n, read: (bytes) => [...new Uint8Array(bytes)] }],
  [DataType.UINT8, { bits: 8n }],
  [DataType.INT8, { bits: 8n }],
  [DataType.UINT16, { bits: 16n }],
  [DataType.INT16, { bits: 16n }],
  [DataType.DOUBLE, { bits: 64n }],
  [DataType.UINT32, { bits: 32n }],
  [DataType.UINT64, { bits: 64n }],
  [DataType.COMPLEX64, { bits: 64n }],
  [DataType.COMPLEX128, { bits: 128n }],
  [DataType.BFLOAT16, { bits: 16n }],
  [DataType.FLOAT8E4M3FN, { bits: 8n }],
  [DataType.FLOAT8E4M3FNUZ, { bits: 8n }],
  [DataType.FLOAT8E5M2, { bits: 8n }],
  [DataType.FLOAT8E5M2FNUZ, { bits: 8n }],
  [DataType.UINT4, { bits: 4n }],
  [DataType.INT4, { bits: 4n }],
  [DataType.FLOAT4E2M1, { bits: 4n }],
])

/** Bits of one element; `null` for strings and unknown types. */
export function bitsOf(type: number): bigint | null {
  return elementTypes.get(type)?.bits ?? null
}

/** How raw data of a type is read as plain numbers; `null` where the surgery reads none of that type. */
export function readerOf(type: number): ((bytes: ArrayBuffer) => number[]) | null {
  return elementTypes.get(type)?.read ?? null
}

/** Whether keys, values and scores may be of that type: float or float16. */
export function isScoreType(type: number): boolean {
  return elementTypes.get(type)?.lowestScore !== undefined
}

/**
 * Score of a hidden key: as low as the type allows.
 * @throws RangeError for a type that is none of {@link isScoreType}
 */
export function lowestScoreOf(type: number): number {
  return present(elementTypes.get(type)?.lowestScore, `the lowest score of ${nameOfElementType(type)}`)
}

/** Name of a type as onnx.proto has it, `FLOAT16`; its number where it has none. */
export function nameOfElementType(type: number): string {
  return (DataType as Readonly<Record<number, string | undefined>>)[type] ?? `type ${type}`
}
