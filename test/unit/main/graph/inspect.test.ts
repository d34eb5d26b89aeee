import { closeSync, ftruncateSync, linkSync, mkdirSync, openSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { create } from '@bufbuild/protobuf'
import {
  AttributeProto_AttributeType as AttributeType,
  AttributeProtoSchema,
  FunctionProtoSchema,
  GraphProtoSchema,
  NodeProtoSchema,
  SparseTensorProtoSchema,
  TensorProtoSchema,
} from 'onnx-buf'
import type { GraphProto, ModelProto, TensorProto } from 'onnx-buf'
import { fc, it as property } from '@fast-check/vitest'
import { describe, expect, it } from 'vitest'
import { inspectGraph } from '../../../../src/main/graph/inspect.ts'
import { makeNode } from '../../../../src/main/graph/onnx/node.ts'
import { floatTensor } from '../../../../src/main/graph/onnx/tensor.ts'
import { decoders } from './decoder-run.ts'
import { changedDecoder, externalTensor, failureFrom, temporaryFolder, writeModel } from './model-folder.ts'
import { bytesOf, explicitLayer, syntheticDecoder } from './synthetic-decoder.ts'

type Graph = GraphProto

/** Adds a tensor in each place of a model where one can be. */
const places: readonly (readonly [string, (graph: Graph, tensor: TensorProto) => void])[] = [
  ['initializer', (graph, tensor) => graph.initializer.push(tensor)],
  ['attribute', (graph, tensor) => graph.node.push(nodeWith({ t: tensor, type: AttributeType.TENSOR }))],
  ['list of an attribute', (graph, tensor) => graph.node.push(nodeWith({ tensors: [tensor], type: AttributeType.TENSORS }))],
  [
    'inner graph',
    (graph, tensor) =>
      graph.node.push(nodeWith({ g: create(GraphProtoSchema, { initializer: [tensor] }), type: AttributeType.GRAPH })),
  ],
  ['sparse initializer', (graph, values) => graph.sparseInitializer.push(create(SparseTensorProtoSchema, { values }))],
  [
    'sparse attribute',
    (graph, values) =>
      graph.node.push(nodeWith({ sparseTensor: create(SparseTensorProtoSchema, { values }), type: AttributeType.SPARSE_TENSOR })),
  ],
]

function nodeWith(attribute: Parameters<typeof create<typeof AttributeProtoSchema>>[1]): Graph['node'][number] {
  return create(NodeProtoSchema, {
    opType: 'If',
    output: ['unused'],
    attribute: [create(AttributeProtoSchema, { name: 'then_branch', ...attribute })],
  })
}

const reaching: readonly (readonly [string, Readonly<Record<string, string>> | readonly (readonly [string, string])[]])[] = [
  ['the folder above', { location: '../weights' }],
  ['a folder below', { location: 'below/weights' }],
  ['an absolute path', { location: '/etc/hostname' }],
  ['a backslash', { location: '..\\weights' }],
  ['a drive', { location: 'C:weights' }],
  ['a share', { location: '\\\\host\\share' }],
  ['a stream', { location: 'weights:stream' }],
  ['a device', { location: 'NUL.bin' }],
  ['a name with a zero byte', { location: 'weights\0.txt' }],
  ['memory', { location: '*/_ORT_MEM_ADDR_/*', offset: '4096', length: '16' }],
  ['nowhere', {}],
  ['the folder itself', { location: '.' }],
  [
    'two places',
    [
      ['location', 'weights'],
      ['location', 'other'],
    ],
  ],
  ['an unknown key', { location: 'weights', handler: 'x' }],
  ['a negative offset', { location: 'weights', offset: '-16' }],
  ['an offset in words', { location: 'weights', offset: 'ten' }],
  ['an offset of 30 digits', { location: 'weights', offset: '9'.repeat(30) }],
  ['beyond the end', { location: 'weights', offset: '48', length: '32' }],
  ['a length of 10^15', { location: 'weights', length: '1000000000000000' }],
  ['too few bytes', { location: 'weights', length: '12' }],
]

describe('inspectGraph', () => {
  it.each(decoders)('takes $name without reading its weights', ({ file }) => {
    const { structure, model, fileSize } = inspectGraph(file)
    const inline = model.graph?.initializer.reduce((sum, { rawData }) => sum + rawData.length, 0) ?? 0
    expect(structure.length).toBeLessThan(fileSize / 2)
    expect(inline).toBeLessThan(structure.length)
  })

  it('takes weights from a plain file beside the model', () => {
    const folder = folderWithWeights()
    const file = writeModel(folder, withTensor(externalTensor('extra', { location: 'weights', offset: '16', length: '16' })))
    expect(inspectGraph(file).largestInitializerBytes).toBe(64 * 12 * 4)
  })

  describe.each(reaching)('weights from %s', (_, entries) => {
    it.each(places)('are refused in an %s', async (__, put) => {
      const file = writeModel(
        folderWithWeights(),
        changedDecoder((___, graph) => put(graph, externalTensor('extra', entries))),
      )
      const failure = await failureFrom(() => inspectGraph(file))
      expect(['model-unsafe', 'model-invalid']).toContain(failure?.code)
      expect(failure?.data).toMatchObject({ model: 'bad', file: 'onnx/decoder.onnx' })
      expect(JSON.stringify(failure)).not.toContain(dirname(folderOf(file)))
    })
  })

  it.each<readonly [string, (folder: string) => void]>([
    ['a symbolic link', (folder) => symlinkSync('/etc/hostname', join(folder, 'linked'))],
    ['a symbolic link within the folder', (folder) => symlinkSync('weights', join(folder, 'linked'))],
    ['a hard link', (folder) => linkSync(join(folder, 'weights'), join(folder, 'linked'))],
    ['a folder', (folder) => mkdirSync(join(folder, 'linked'))],
  ])('weights from %s are refused', async (_, put) => {
    const folder = folderWithWeights()
    put(folder)
    const file = writeModel(folder, withTensor(externalTensor('extra', { location: 'linked' })))
    expect((await failureFrom(() => inspectGraph(file)))?.code).toBe('model-unsafe')
  })

  it('names a weights file that is missing', async () => {
    const file = writeModel(temporaryFolder(), withTensor(externalTensor('extra', { location: 'absent.onnx_data' })))
    expect(await failureFrom(() => inspectGraph(file))).toEqual({
      code: 'model-file-missing',
      data: { model: 'bad', file: 'absent.onnx_data' },
    })
  })

  it('names a model file that is missing', async () => {
    const file = join(temporaryFolder(), 'absent.onnx')
    expect(await failureFrom(() => inspectGraph(file))).toEqual({
      code: 'model-file-missing',
      data: { model: 'bad', file: 'onnx/absent.onnx' },
    })
  })

  it.each<readonly [string, string, (model: ModelProto, graph: Graph) => unknown]>([
    ['an operator of an unknown domain', 'model-unsafe', (_, graph) => graph.node.push(makeNode('Run', [], ['x'], {}, 'evil'))],
    ['a compiled program', 'model-unsafe', (_, graph) => graph.node.push(makeNode('EPContext', [], ['x'], {}, 'com.microsoft'))],
    ['operators of its own', 'model-invalid', (model) => model.functions.push(create(FunctionProtoSchema, { name: 'own' }))],
    ['an unknown domain in an inner graph', 'model-unsafe', (_, graph) => graph.node.push(nested(2, 'evil'))],
    ['a cycle', 'model-invalid', (_, graph) => graph.node.push(makeNode('Neg', ['x'], ['y']), makeNode('Neg', ['y'], ['x']))],
    ['one tensor made twice', 'model-invalid', (_, graph) => graph.node.push(makeNode('Neg', ['q'], ['k']))],
    ['one weight twice', 'model-invalid', (_, graph) => graph.initializer.push(floatTensor('wq', [0]))],
    ['a size that overflows', 'model-unsafe', (_, graph) => graph.initializer.push(sized([2n ** 62n, 2n ** 62n]))],
    ['a negative size', 'model-invalid', (_, graph) => graph.initializer.push(sized([-4n]))],
    ['four tebibytes', 'model-unsafe', (_, graph) => graph.initializer.push(sized([2n ** 40n]))],
    ['fewer bytes than its sizes say', 'model-unsafe', (_, graph) => graph.initializer.push(sized([5n], new Uint8Array(16)))],
    [
      'an unknown type',
      'model-invalid',
      (_, graph) => graph.initializer.push(Object.assign(sized([1n], new Uint8Array(4)), { dataType: 99 })),
    ],
    ['too many dimensions', 'model-invalid', (_, graph) => graph.initializer.push(sized(Array<bigint>(100_000).fill(2n ** 60n)))],
  ])('refuses %s', async (_, code, change) => {
    const file = writeModel(
      temporaryFolder(),
      changedDecoder((model, graph) => void change(model, graph)),
    )
    expect((await failureFrom(() => inspectGraph(file)))?.code).toBe(code)
  })

  it('refuses a file beyond the bound of protobuf', async () => {
    const file = join(temporaryFolder(), 'decoder.onnx')
    const descriptor = openSync(file, 'w')
    ftruncateSync(descriptor, 2 ** 31 + 1)
    closeSync(descriptor)
    expect((await failureFrom(() => inspectGraph(file)))?.code).toBe('model-unsafe')
    rmSync(file)
  })

  it('refuses a folder in place of a file', async () => {
    const folder = temporaryFolder()
    expect((await failureFrom(() => inspectGraph(folder)))?.code).toBe('model-invalid')
  })

  const whole = bytesOf(syntheticDecoder(explicitLayer))
  property.prop([fc.integer({ min: 0, max: whole.length - 1 })], { numRuns: 60 })(
    'ends a file cut short in a failure or takes what is left of it',
    async (length) => {
      const failure = await failureFrom(() => inspectGraph(writeModel(temporaryFolder(), whole.slice(0, length))))
      expect([undefined, 'model-invalid', 'model-unsafe']).toContain(failure?.code)
    },
  )

  property.prop(
    [
      fc.array(fc.tuple(fc.integer({ min: 0, max: whole.length - 1 }), fc.integer({ min: 0, max: 255 })), {
        minLength: 1,
        maxLength: 8,
      }),
    ],
    { numRuns: 200 },
  )('ends a file with changed bytes in a failure or takes it, and never breaks', async (changes) => {
    const bytes = whole.slice()
    for (const [place, byte] of changes) bytes[place] = byte
    const failure = await failureFrom(() => inspectGraph(writeModel(temporaryFolder(), bytes)))
    expect([undefined, 'model-invalid', 'model-unsafe', 'model-file-missing']).toContain(failure?.code)
  })
})

function folderOf(file: string): string {
  return dirname(dirname(file))
}

function folderWithWeights(): string {
  const folder = temporaryFolder()
  writeFileSync(join(folder, 'weights'), new Uint8Array(64))
  return folder
}

function withTensor(tensor: TensorProto): ModelProto {
  return changedDecoder((_, graph) => void graph.initializer.push(tensor))
}

function sized(dims: bigint[], rawData = new Uint8Array(0)): TensorProto {
  return create(TensorProtoSchema, { name: 'sized', dataType: 1, dims, rawData })
}

function nested(depth: number, domain: string): Graph['node'][number] {
  const node = depth === 0 ? makeNode('Run', [], ['x'], {}, domain) : nested(depth - 1, domain)
  return nodeWith({ g: create(GraphProtoSchema, { node: [node] }), type: AttributeType.GRAPH })
}
