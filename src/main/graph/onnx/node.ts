import { create } from '@bufbuild/protobuf'
import { AttributeProto_AttributeType as AttributeType, AttributeProtoSchema, NodeProtoSchema } from 'onnx-buf'
import type { AttributeProto, NodeProto } from 'onnx-buf'
import { element } from '../../../shared/values/element.ts'
import { Refused } from '../file/refusal.ts'

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

/** A node named after its first output; outputs are named by the caller. */
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
    name: element(output, 0),
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

/** An optional input that is not given: the ONNX specification writes it as an empty name, or leaves it out at the end. */
export const notGiven = ''

/** Name of a node's input; {@link notGiven} for an optional one that is left out. */
export function inputOf(node: Pick<NodeProto, 'input'>, place: number): string {
  return node.input[place] ?? notGiven
}

/**
 * Name of an input that the operator cannot do without.
 * @throws Refused when the node leaves it out
 */
export function requiredInputOf(node: Pick<NodeProto, 'input' | 'opType'>, place: number): string {
  const tensor = inputOf(node, place)
  if (tensor === notGiven) throw new Refused('invalid', `has a node ${node.opType} without its input ${place}`)
  return tensor
}

/** Name of a node's output; {@link notGiven} for an optional one that is left out. */
export function outputOf(node: Pick<NodeProto, 'output'>, place = 0): string {
  return node.output[place] ?? notGiven
}

/** The attribute of that name. */
export function attributeOf(node: Pick<NodeProto, 'attribute'>, name: string): AttributeProto | undefined {
  return node.attribute.find((attribute) => attribute.name === name)
}

/** An integer attribute; where the node leaves it out, `byDefault`, the default that the operator's specification gives. */
export function integerAttributeOr(node: Pick<NodeProto, 'attribute'>, name: string, byDefault: number): number {
  const attribute = attributeOf(node, name)
  return attribute === undefined ? byDefault : Number(attribute.i)
}

/** A float attribute; where the node leaves it out, `byDefault`, the default that the operator's specification gives. */
export function floatAttributeOr(node: Pick<NodeProto, 'attribute'>, name: string, byDefault: number): number {
  return attributeOf(node, name)?.f ?? byDefault
}

/** A text attribute; empty, as the specifications default to, where the node leaves it out. */
export function textAttribute(node: Pick<NodeProto, 'attribute'>, name: string): string {
  return new TextDecoder().decode(attributeOf(node, name)?.s)
}

/** An attribute that lists integers; `null` where there is none. */
export function integersAttribute(node: Pick<NodeProto, 'attribute'>, name: string): number[] | null {
  return attributeOf(node, name)?.ints.map(Number) ?? null
}

/** An integer attribute that the operator cannot do without and that counts something; `null` where it is left out or counts nothing. */
export function countAttribute(node: Pick<NodeProto, 'attribute'>, name: string): number | null {
  const attribute = attributeOf(node, name)
  return attribute !== undefined && attribute.i > 0n ? Number(attribute.i) : null
}
