import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { create, toBinary } from '@bufbuild/protobuf'
import { GraphProtoSchema, ModelProtoSchema } from 'onnx-buf'
import type { ModelProto } from 'onnx-buf'
import { fc, it as property } from '@fast-check/vitest'
import { describe, expect, it } from 'vitest'
import { Refused } from '../../../../../src/main/graph/file/refusal.ts'
import { skim } from '../../../../../src/main/graph/file/skim.ts'
import { bounds } from '../../../../../src/main/graph/file/walk.ts'
import type { SkimLimits } from '../../../../../src/main/graph/file/walk.ts'
import { delimited, varintBytes } from '../../../../../src/main/graph/file/wire.ts'
import { makeNode } from '../../../../../src/main/graph/onnx/node.ts'
import { floatTensor } from '../../../../../src/main/graph/onnx/tensor.ts'
import { temporaryFolder } from '../model-folder.ts'
import { modelOf } from '../small-graph.ts'

/** A model with weights of 4 and of 400 numbers. */
function small(): ModelProto {
  const initializer = [
    floatTensor('few', [1, 2, 3, 4], [4]),
    floatTensor(
      'many',
      Array.from({ length: 400 }, (_, index) => index),
      [400],
    ),
  ]
  const model = modelOf(
    create(GraphProtoSchema, { name: 'small', docString: 'a note', initializer, node: [makeNode('Add', ['few', 'few'], ['y'])] }),
  )
  return Object.assign(model, { docString: 'another note', producerName: 'test' })
}

function written(bytes: Uint8Array): string {
  const file = join(temporaryFolder(), 'model.onnx')
  writeFileSync(file, bytes)
  return file
}

function refusalOf(bytes: Uint8Array, limits: Partial<SkimLimits> = {}): string | null {
  try {
    skim(written(bytes), 'model.onnx', { ...bounds, ...limits })
    return null
  } catch (error) {
    if (error instanceof Refused) return `${error.kind}: ${error.message}`
    throw error
  }
}

const bytesOf = (model: ModelProto): Uint8Array => toBinary(ModelProtoSchema, model)
const message = (...parts: readonly (readonly Uint8Array[])[]): Uint8Array => Buffer.concat(parts.flat())
const damaged = 'invalid: is damaged or no ONNX model'

describe('skim', () => {
  it('keeps the structure, and of large weights where they lie', () => {
    const bytes = bytesOf(small())
    const { model, structure, fileSize } = skim(written(bytes), 'model.onnx')
    const [few, many] = model.graph?.initializer ?? []
    expect(fileSize).toBe(bytes.length)
    expect(structure.length).toBeLessThan(400)
    expect([model.producerName, model.graph?.name, model.graph?.node[0]?.opType]).toEqual(['test', 'small', 'Add'])
    expect(few?.rawData.length).toBe(16)
    expect([many?.rawData.length, many?.dataLocation, many?.dims]).toEqual([0, 1, [400n]])
    const place = Object.fromEntries(many?.externalData.map(({ key, value }) => [key, value]) ?? [])
    expect(place).toMatchObject({ location: 'model.onnx', length: '1600' })
    const there = bytes.slice(Number(place['offset']), Number(place['offset']) + 1600)
    expect([...new Float32Array(there.buffer)].slice(0, 3)).toEqual([0, 1, 2])
    expect(there.length).toBe(1600)
  })

  it('leaves notes of exporters out', () => {
    const { model } = skim(written(bytesOf(small())), 'model.onnx')
    expect([model.docString, model.graph?.docString]).toEqual(['', ''])
  })

  it('leaves raw data from so many bytes on in the file', () => {
    const kept = (inline: number) =>
      skim(written(bytesOf(small())), 'm', { ...bounds, inline }).model.graph?.initializer.map(({ rawData }) => rawData.length)
    expect([kept(16), kept(17), kept(1600), kept(1601)]).toEqual([
      [0, 0],
      [16, 0],
      [16, 0],
      [16, 1600],
    ])
  })

  it('reads each tensor into memory of its own', () => {
    const { model } = skim(written(bytesOf(small())), 'm', { ...bounds, inline: 2000 })
    const [few, many] = model.graph?.initializer ?? []
    expect([...new Float32Array(new Uint8Array(few?.rawData ?? []).buffer)]).toEqual([1, 2, 3, 4])
    expect(many?.rawData.length).toBe(1600)
  })

  it.each<readonly [string, Partial<SkimLimits>, Partial<SkimLimits>]>([
    ['unsafe: has too many nodes', { nodes: 0 }, { nodes: 1 }],
    ['unsafe: is nested deeper than 1 levels', { depth: 1 }, { depth: 2 }],
  ])('refuses: %s', (reason, tooFew, enough) => {
    expect([refusalOf(bytesOf(small()), tooFew), refusalOf(bytesOf(small()), enough)]).toEqual([reason, null])
  })

  it('refuses more fields or bytes than its bounds', () => {
    const fields = Array.from({ length: 200 }, (_, most) => most).filter(
      (most) => refusalOf(bytesOf(small()), { fields: most }) !== null,
    )
    expect(refusalOf(bytesOf(small()), { fields: fields.length - 1 })).toBe('unsafe: has too many parts')
    expect(refusalOf(bytesOf(small()), { fields: fields.length })).toBeNull()
    const { length } = bytesOf(small())
    expect(refusalOf(bytesOf(small()), { structure: 10 })).toBe('unsafe: holds too much beside its weights')
    expect(refusalOf(bytesOf(small()), { structure: length, file: length })).toBeNull()
    expect(refusalOf(bytesOf(small()), { file: length - 1 })).toBe('unsafe: is larger than 2 GiB')
  })

  it.each([4, 5, 7, 10, 11])('counts lists of numbers in field %i of a weight', (field) => {
    const weight = message(delimited(field, [Uint8Array.of(1, 2, 3)]))
    const bytes = message(delimited(7, delimited(5, [weight])))
    expect(refusalOf(bytes, { numbers: 2 })).toBe('unsafe: holds its weights as lists of numbers')
  })

  it('counts lists of numbers in attributes, and not other fields', () => {
    const inAttribute = (field: number) =>
      message(delimited(7, delimited(1, delimited(5, delimited(field, [Uint8Array.of(1, 2, 3, 4)])))))
    for (const field of [7, 8])
      expect(refusalOf(inAttribute(field), { numbers: 3 })).toBe('unsafe: holds its weights as lists of numbers')
    expect(refusalOf(inAttribute(4), { numbers: 3 })).toBeNull()
  })

  it('refuses what is no file of a model', () => {
    expect(refusalOf(new Uint8Array(0))).toBe('invalid: is empty')
    mkdirSync(join(temporaryFolder(), 'folder'))
    expect(() => skim(temporaryFolder(), 'm')).toThrow('is no plain file')
  })

  it.each<readonly [string, readonly number[]]>([
    ['a field of number 0', [0x02, 0x00]],
    ['a field longer than its message', [0x3a, 0x02, 0x00]],
    ['a field without its length', [0x3a]],
    ['a number that never ends', [0x08, ...Array<number>(10).fill(0x80), 0x01]],
    ['a number cut off', [0x08, 0x80]],
    ['a group', [0x0b]],
    ['eight bytes cut off', [0x09, 0, 0, 0, 0, 0, 0, 0]],
    ['four bytes cut off', [0x0d, 0, 0, 0]],
    ['an inner field longer than the inner message', [0x3a, 0x02, 0x0a, 0x01]],
    ['text that is no model', [...new TextEncoder().encode('hello, this is no model')]],
  ])('refuses %s', (_, bytes) => {
    expect(refusalOf(Uint8Array.from(bytes))).toBe(damaged)
  })

  it.each<readonly [string, readonly number[]]>([
    ['a number of ten bytes', [0x08, ...Array<number>(9).fill(0x80), 0x01]],
    ['eight bytes', [0x79 + 0x08, 0x01, 0, 0, 0, 0, 0, 0, 0, 0]],
    ['four bytes', [0x85, 0x01, 0, 0, 0, 0]],
  ])('takes %s in a field that nobody knows', (_, bytes) => {
    expect(refusalOf(Uint8Array.from(bytes))).toBeNull()
  })
})

describe('numbers of protobuf', () => {
  it.each<readonly [number, readonly number[]]>([
    [0, [0]],
    [127, [127]],
    [128, [0x80, 1]],
    [300, [0xac, 2]],
    [2 ** 31, [0x80, 0x80, 0x80, 0x80, 8]],
  ])('%i is written as %o', (value, bytes) => {
    expect([...varintBytes(value)]).toEqual(bytes)
  })

  property.prop([fc.nat(2 ** 20), fc.uint8Array({ maxLength: 300 })])(
    'a field has its number, its length and its body',
    (number, body) => {
      const bytes = message(delimited(number + 1, [body]))
      const tag = varintBytes((number + 1) * 8 + 2)
      expect([...bytes.subarray(0, tag.length)]).toEqual([...tag])
      expect([...bytes.subarray(bytes.length - body.length)]).toEqual([...body])
      expect(bytes.length).toBe(tag.length + varintBytes(body.length).length + body.length)
    },
  )
})
