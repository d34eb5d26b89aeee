import { create } from '@bufbuild/protobuf'
import {
  TensorShapeProto_DimensionSchema,
  TensorShapeProtoSchema,
  TypeProto_TensorSchema,
  TypeProtoSchema,
  ValueInfoProtoSchema,
} from 'onnx-buf'
import type { ValueInfoProto } from 'onnx-buf'

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

/** Sizes declared for an input or output, `null` for one that has neither number nor name; `null` where the rank itself is unknown. */
export function declaredShape(value: ValueInfoProto): (number | string | null)[] | null {
  const type = value.type?.value
  if (type?.case !== 'tensorType' || type.value.shape === undefined) return null
  return type.value.shape.dim.map(({ value: size }) => {
    if (size.case === 'dimValue') return Number(size.value)
    return size.case === 'dimParam' && size.value !== '' ? size.value : null
  })
}

/** Element type declared for an input or output; 0, which is onnx.proto's number for an undefined type, when it is no tensor. */
export function elementType(value: ValueInfoProto): number {
  const type = value.type?.value
  return type?.case === 'tensorType' ? type.value.elemType : 0
}
