import { linkSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { create } from '@bufbuild/protobuf'
import { TensorProto_DataLocation as DataLocation, TensorProtoSchema } from 'onnx-buf'
import { describe, expect, it } from 'vitest'
import { WeightCheck } from '../../../../../src/main/graph/file/check-weights.ts'
import { Refused } from '../../../../../src/main/graph/file/refusal.ts'
import { externalTensor, temporaryFolder } from '../model-folder.ts'

type Tensor = Parameters<WeightCheck['check']>[0]

/** A folder with 64 bytes of weights, beside a model file of 100 bytes. */
function folderWithWeights(): string {
  const folder = temporaryFolder()
  writeFileSync(join(folder, 'weights'), new Uint8Array(64))
  return folder
}

function refusalOf(tensor: Tensor, folder = folderWithWeights()): string | null {
  try {
    new WeightCheck(folder, { name: 'model.onnx', size: 100 }).check(tensor)
    return null
  } catch (error) {
    if (error instanceof Refused) return `${error.kind}: ${error.message}`
    throw error
  }
}

const inline = (fields: object): Tensor => create(TensorProtoSchema, { name: 't', dataType: 1, dims: [4n], ...fields })
const raw = (length: number): Tensor => inline({ rawData: new Uint8Array(length) })

describe('weights in the file itself', () => {
  it('have as many bytes as their sizes say', () => {
    const refused = 'unsafe: holds another number of bytes for t than its sizes say'
    expect([15, 16, 17].map((length) => refusalOf(raw(length)))).toEqual([refused, null, refused])
    expect(refusalOf(inline({ dims: [3n], dataType: 22, rawData: new Uint8Array(2) }))).toBeNull()
    expect(refusalOf(inline({ dims: [3n], dataType: 22, rawData: new Uint8Array(1) }))).toBe(refused)
  })

  it.each(['floatData', 'int32Data', 'doubleData'])('may be listed as %s, two parts to an element at most', (list) => {
    expect(refusalOf(inline({ [list]: [1, 2] }))).toBeNull()
    expect(refusalOf(inline({ [list]: [1] }))).toMatch(/^unsafe: holds another number of bytes/)
  })

  it('may be listed as large integers or strings', () => {
    expect(refusalOf(inline({ int64Data: [1n, 2n] }))).toBeNull()
    expect(refusalOf(inline({ uint64Data: [1n, 2n] }))).toBeNull()
    expect(refusalOf(inline({ dataType: 8, stringData: [new Uint8Array(1), new Uint8Array(1)] }))).toBeNull()
  })

  it('have a known type, and sizes that can be', () => {
    expect(refusalOf(inline({ dataType: 99, rawData: new Uint8Array(16) }))).toBe('invalid: gives t an unknown type')
    expect(refusalOf(inline({ dataType: 8, rawData: new Uint8Array(16) }))).toBe('invalid: gives t an unknown type')
    expect(refusalOf(Object.assign(externalTensor('t', { location: 'weights' }), { dataType: 8 }))).toBe(
      'invalid: gives t an unknown type',
    )
    expect(refusalOf(inline({ dims: [-1n] }))).toBe('invalid: gives t a negative size')
    expect(refusalOf(inline({ dims: [0n] }))).toBeNull()
    const deep = (rank: number): Tensor => inline({ dims: Array<bigint>(rank).fill(1n), floatData: [1] })
    expect([refusalOf(deep(64)), refusalOf(deep(65))]).toEqual([null, 'invalid: gives t too many dimensions'])
  })
})

describe('weights in a file beside the model', () => {
  const at = (entries: Readonly<Record<string, string>> | readonly (readonly [string, string])[]) =>
    refusalOf(externalTensor('t', entries))
  it.each<readonly [string, Readonly<Record<string, string>> | readonly (readonly [string, string])[], string | null]>([
    ['a piece', { location: 'weights', offset: '48', length: '16' }, null],
    ['a piece with a checksum', { location: 'weights', offset: '0', length: '16', checksum: 'x' }, null],
    ['the end', { location: 'weights', offset: '48' }, null],
    ['the beginning', { location: 'weights', length: '16' }, null],
    ['the model file', { location: 'model.onnx', offset: '84' }, null],
    ['beyond the end', { location: 'weights', offset: '49', length: '16' }, 'unsafe: says that t lies beyond the end of weights'],
    [
      'an offset beyond the end',
      { location: 'weights', offset: '65' },
      'unsafe: holds another number of bytes for t than its sizes say',
    ],
    ['too long a piece', { location: 'weights', length: '17' }, 'unsafe: holds another number of bytes for t than its sizes say'],
    ['nowhere', { offset: '0' }, 'unsafe: does not say where t lies'],
    [
      'two places',
      [
        ['location', 'weights'],
        ['location', 'weights'],
      ],
      'unsafe: says twice where t lies',
    ],
    ['an unknown key', { location: 'weights', handler: 'x' }, 'unsafe: says where t lies in an unknown way'],
    ['an offset in words', { location: 'weights', offset: '1e1' }, 'unsafe: gives no proper offset for t'],
    ['an offset of 16 digits', { location: 'weights', offset: '0000000000000000' }, 'unsafe: gives no proper offset for t'],
    ['an offset of 15 digits', { location: 'weights', offset: '000000000000048' }, null],
    ['a length with a space', { location: 'weights', length: ' 16' }, 'unsafe: gives no proper length for t'],
    ['a missing file', { location: 'absent' }, 'missing: absent'],
    ['a name too long', { location: 'x'.repeat(256) }, 'unsafe: takes t from outside its folder'],
    ['a name just short enough', { location: 'x'.repeat(255) }, `missing: ${'x'.repeat(255)}`],
    ...['..', '.', '/weights', 'a/b', 'a\\b', 'c:weights', 'a\0b', '', 'con', 'PRN.txt', 'aux', 'nul.bin', 'com1', 'LPT9.x'].map(
      (location) => [`the name ${JSON.stringify(location)}`, { location }, 'unsafe: takes t from outside its folder'] as const,
    ),
    ['a name that begins like a device', { location: 'console' }, 'missing: console'],
    ['a name that ends like a device', { location: 'xcon' }, 'missing: xcon'],
  ])('from %s', (_, entries, expected) => {
    expect(at(entries)).toBe(expected)
  })

  it('are not here as well', () => {
    const both = Object.assign(externalTensor('t', { location: 'weights' }), { rawData: new Uint8Array(16) })
    expect(refusalOf(both)).toBe('invalid: holds t here and elsewhere')
    const said = inline({ dataLocation: DataLocation.EXTERNAL, rawData: new Uint8Array(16) })
    expect(refusalOf(said)).toBe('invalid: holds t here and elsewhere')
  })

  it('lie in a plain file of their own', () => {
    const folder = folderWithWeights()
    symlinkSync('weights', join(folder, 'link'))
    mkdirSync(join(folder, 'folder'))
    for (const location of ['link', 'folder'])
      expect(refusalOf(externalTensor('t', { location }), folder)).toBe(
        `unsafe: takes weights from ${location}, which is a link or no plain file`,
      )
    linkSync(join(folder, 'weights'), join(folder, 'twin'))
    expect(refusalOf(externalTensor('t', { location: 'weights' }), folder)).toBe(
      'unsafe: takes weights from weights, which is linked to from elsewhere',
    )
  })

  it('are looked up once', () => {
    const folder = folderWithWeights()
    const check = new WeightCheck(folder, { name: 'model.onnx', size: 100 })
    const tensor = externalTensor('t', { location: 'weights', length: '16' })
    check.check(tensor)
    symlinkSync('nowhere', join(folder, 'other'))
    writeFileSync(join(folder, 'weights'), '')
    expect(() => check.check(tensor)).not.toThrow()
  })
})
