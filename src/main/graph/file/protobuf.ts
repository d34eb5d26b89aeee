import { create } from '@bufbuild/protobuf'
import {
  AttributeProto_AttributeType as AttributeType,
  AttributeProtoSchema,
  NodeProtoSchema,
  TensorProto_DataType as DataType,
  TensorProtoSchema,
  TensorShapeProto_DimensionSchema,
  TensorShapeProtoSchema,
  TypeProto_TensorSchema,
  TypeProtoSchema,
  ValueInfoProtoSchema,
} from 'onnx-buf'
import type { AttributeProto, NodeProto, TensorProto, ValueInfoProto } from 'onnx-buf'

/** What an attribute may be given as; a `number` becomes a float when wrapped by {@link float}, else an integer. */
export type AttributeValue = number | string | readonly number[] | Float

/** A floating-point attribute; a bare number is an integer. */
export interface Float {
  readonly float: number
}

/** Marks an attribute's number as floating point. */
export function float(value: number): Float {
  return { float: value }
}

/** A node; outputs are named by the caller. */
export function makeNode(
  opType: string,
  input: readonly string[],
  output: readonly string[],
  attributes: Readonly<Record<string, AttributeValue>> = {},
  domain = '',
): NodeProto {
  return create(NodeProtoSchema, {
    opType,
    domain,
    name: output[0] ?? '',
    input: [...input],
    output: [...output],
    attribute: Object.entries(attributes).map(([name, value]) => makeAttribute(name, value)),
  })
}

function makeAttribute(name: string, value: AttributeValue): AttributeProto {
  if (typeof value === 'number') return create(AttributeProtoSchema, { name, type: AttributeType.INT, i: BigInt(value) })
  if (typeof value === 'string') {
    return create(AttributeProtoSchema, { name, type: AttributeType.STRING, s: new TextEncoder().encode(value) })
  }
  if ('float' in value) return create(AttributeProtoSchema, { name, type: AttributeType.FLOAT, f: value.float })
  return create(AttributeProtoSchema, { name, type: AttributeType.INTS, ints: value.map(BigInt) })
}

/** An int64 initializer; a vector unless `dims` says otherwise. */
export function integerTensor(name: string, values: readonly number[], dims: readonly number[] = [values.length]): TensorProto {
  return create(TensorProtoSchema, {
    name,
    dataType: DataType.INT64,
    dims: dims.map(BigInt),
    rawData: new Uint8Array(BigInt64Array.from(values, BigInt).buffer),
  })
}

/** A float32 initializer; a scalar unless `dims` says otherwise. */
export function floatTensor(name: string, values: readonly number[], dims: readonly number[] = []): TensorProto {
  return create(TensorProtoSchema, {
    name,
    dataType: DataType.FLOAT,
    dims: dims.map(BigInt),
    rawData: new Uint8Array(Float32Array.from(values).buffer),
  })
}

/** A float16 scalar. */
export function halfTensor(name: string, value: number): TensorProto {
  const rawData = new Uint8Array(Float16Array.of(value).buffer)
  return create(TensorProtoSchema, { name, dataType: DataType.FLOAT16, dims: [], rawData })
}

/** An input or output of the graph; named dimensions are strings. */
export function makeValueInfo(name: string, elemType: number, dims: readonly (number | string)[]): ValueInfoProto {
  const dim = dims.map((size) =>
    create(TensorShapeProto_DimensionSchema, {
      value: typeof size === 'number' ? { case: 'dimValue', value: BigInt(size) } : { case: 'dimParam', value: size },
    }),
  )
  const tensor = create(TypeProto_TensorSchema, { elemType, shape: create(TensorShapeProtoSchema, { dim }) })
  return create(ValueInfoProtoSchema, { name, type: create(TypeProtoSchema, { value: { case: 'tensorType', value: tensor } }) })
}

/** Sizes declared for an input or output; `null` where the rank itself is unknown. */
export function declaredShape(value: ValueInfoProto): (number | string | null)[] | null {
  const type = value.type?.value
  if (type?.case !== 'tensorType' || type.value.shape === undefined) return null
  return type.value.shape.dim.map(({ value: size }) => {
    if (size.case === 'dimValue') return Number(size.value)
    return size.case === 'dimParam' && size.value !== '' ? size.value : null
  })
}

/** Element type declared for an input or output; 0 when it is no tensor. */
export function elementType(value: ValueInfoProto): number {
  const type = value.type?.value
  return type?.case === 'tensorType' ? type.value.elemType : 0
}

/** The attribute of that name. */
export function attributeOf(node: NodeProto, name: string): AttributeProto | undefined {
  return node.attribute.find((attribute) => attribute.name === name)
}

/** An integer attribute, or `missing` where there is none. */
export function integerAttribute(node: NodeProto, name: string, missing: number): number {
  const attribute = attributeOf(node, name)
  return attribute === undefined ? missing : Number(attribute.i)
}

/** A float attribute, or `missing` where there is none. */
export function floatAttribute(node: NodeProto, name: string, missing: number): number {
  return attributeOf(node, name)?.f ?? missing
}

/** An attribute that lists integers; `null` where there is none. */
export function integersAttribute(node: NodeProto, name: string): number[] | null {
  return attributeOf(node, name)?.ints.map(Number) ?? null
}

/** Whether the node is that operator of the ONNX standard. */
export function isStandard(node: NodeProto | undefined, ...opTypes: readonly string[]): boolean {
  return node !== undefined && (node.domain === '' || node.domain === 'ai.onnx') && opTypes.includes(node.opType)
}

/** Whether the node is that contributed operator of ONNX Runtime. */
export function isContributed(node: NodeProto | undefined, ...opTypes: readonly string[]): boolean {
  return node?.domain === 'com.microsoft' && opTypes.includes(node.opType)
}

/** Values of a small tensor held in the file's structure; `null` when they are elsewhere, many, or no plain numbers. */
export function smallValues(tensor: TensorProto | undefined): number[] | null {
  if (tensor === undefined || tensor.externalData.length > 0) return null
  const count = tensor.dims.reduce((product, size) => product * Number(size), 1)
  if (count > 1024) return null
  const bytes = new Uint8Array(tensor.rawData)
  return bytes.length > 0 ? (rawReaders.get(tensor.dataType)?.(bytes.buffer) ?? null) : listedValues(tensor)
}

const rawReaders = new Map<number, (bytes: ArrayBuffer) => number[]>([
  [DataType.INT64, (bytes) => Array.from(new BigInt64Array(bytes), Number)],
  [DataType.INT32, (bytes) => [...new Int32Array(bytes)]],
  [DataType.FLOAT, (bytes) => [...new Float32Array(bytes)]],
  [DataType.FLOAT16, (bytes) => [...new Float16Array(bytes)]],
  [DataType.BOOL, (bytes) => [...new Uint8Array(bytes)]],
])

function listedValues({ dataType, int64Data, int32Data, floatData }: TensorProto): number[] | null {
  if (dataType === (DataType.INT64 as number)) return int64Data.map(Number)
  if (dataType === (DataType.FLOAT as number)) return floatData
  // Half precision is listed as the integers of its bits.
  return dataType === (DataType.FLOAT16 as number) || !rawReaders.has(dataType) ? null : int32Data
}
