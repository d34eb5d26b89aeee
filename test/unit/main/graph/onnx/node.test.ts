import { create } from '@bufbuild/protobuf'
import { NodeProtoSchema, TensorProto_DataLocation as DataLocation, TensorProtoSchema, ValueInfoProtoSchema } from 'onnx-buf'
import { describe, expect, it } from 'vitest'
import { element } from '../../../../../src/shared/values/element.ts'
import { isBoolean } from '../../../../../src/main/graph/onnx/element-kind.ts'
import { bitsOf, isScoreType, lowestScoreOf, nameOfElementType } from '../../../../../src/main/graph/onnx/element-type.ts'
import {
  countAttribute,
  float,
  floatAttributeOr,
  inputOf,
  integerAttributeOr,
  integersAttribute,
  makeNode,
  outputOf,
  requiredInputOf,
  textAttribute,
} from '../../../../../src/main/graph/onnx/node.ts'
import { reduceLastAxis } from '../../../../../src/main/graph/onnx/reduce.ts'
import { elementCount, floatTensor, halfTensor, integerTensor, smallValues } from '../../../../../src/main/graph/onnx/tensor.ts'
import { declaredShape, elementType, makeValueInfo } from '../../../../../src/main/graph/onnx/value-info.ts'
import { isContributed, isStandard, operatorOf } from '../../../../../src/main/graph/operators.ts'
import { list, openSmall, run } from '../small-graph.ts'

const node = makeNode(
  'Clip',
  ['a', '', 'c'],
  ['y'],
  { whole: 3, none: 0, less: -1, real: float(0.5), text: 'NONE', many: [1, -2] },
  'own',
)

describe('a node', () => {
  it('has a name, a domain and attributes of their types', () => {
    expect([node.name, node.opType, node.domain, node.input, node.output]).toEqual(['y', 'Clip', 'own', ['a', '', 'c'], ['y']])
    expect(node.attribute.map(({ name, type }) => [name, type])).toEqual([
      ['whole', 2],
      ['none', 2],
      ['less', 2],
      ['real', 1],
      ['text', 3],
      ['many', 7],
    ])
    expect(makeNode('Neg', ['a'], ['b'])).toMatchObject({ domain: '', attribute: [] })
  })

  it('gives an attribute, or the default of the specification where it has none', () => {
    expect([
      integerAttributeOr(node, 'whole', 7),
      integerAttributeOr(node, 'none', 7),
      integerAttributeOr(node, 'absent', 7),
    ]).toEqual([3, 0, 7])
    expect([floatAttributeOr(node, 'real', 7), floatAttributeOr(node, 'absent', 7)]).toEqual([0.5, 7])
    expect([textAttribute(node, 'text'), textAttribute(node, 'absent')]).toEqual(['NONE', ''])
    expect([integersAttribute(node, 'many'), integersAttribute(node, 'absent')]).toEqual([[1, -2], null])
    expect(['whole', 'none', 'less', 'absent'].map((name) => countAttribute(node, name))).toEqual([3, null, null, null])
  })

  it('gives an empty name for what is not given, and refuses to go without what is needed', () => {
    expect([inputOf(node, 0), inputOf(node, 1), inputOf(node, 9)]).toEqual(['a', '', ''])
    expect([outputOf(node), outputOf(node, 1)]).toEqual(['y', ''])
    expect(requiredInputOf(node, 2)).toBe('c')
    expect(() => requiredInputOf(node, 1)).toThrow('has a node Clip without its input 1')
  })

  it('is an operator of its domain only', () => {
    const of = (opType: string, domain: string) => makeNode(opType, [], ['y'], {}, domain)
    expect(['', 'ai.onnx', 'com.microsoft', 'own'].map((domain) => isStandard(of('MatMul', domain), 'Add', 'MatMul'))).toEqual([
      true,
      true,
      false,
      false,
    ])
    expect(['', 'com.microsoft'].map((domain) => isContributed(of('FusedMatMul', domain), 'FusedMatMul'))).toEqual([false, true])
    expect([isStandard(undefined, 'Add'), isContributed(undefined, 'Add'), isStandard(of('Add', ''), 'MatMul')]).toEqual([
      false,
      false,
      false,
    ])
    expect(isContributed(of('FusedMatMul', 'com.microsoft'), 'MatMulNBits')).toBe(false)
    expect(['', 'ai.onnx', 'com.microsoft', 'own'].map((domain) => operatorOf(of('Add', domain)).sizes)).toEqual([
      'broadcast',
      'broadcast',
      undefined,
      undefined,
    ])
    expect(['', 'com.microsoft', 'own'].map((domain) => operatorOf(of('Gelu', domain)).sizes)).toEqual([
      'same',
      'same',
      undefined,
    ])
    expect(['', 'com.microsoft'].map((domain) => operatorOf(of('FastGelu', domain)).sizes)).toEqual([undefined, 'same'])
    expect(operatorOf(of('constructor', ''))).toEqual({})
  })
})

describe('a small tensor', () => {
  const raw = (dataType: number, bytes: readonly number[], dims: readonly bigint[] = [1n]) =>
    create(TensorProtoSchema, { dataType, dims: [...dims], rawData: Uint8Array.from(bytes) })

  it('is read by its type', () => {
    expect(smallValues(integerTensor('i', [1, -2]))).toEqual([1, -2])
    expect(smallValues(floatTensor('f', [0.5, 2], [2]))).toEqual([0.5, 2])
    expect(smallValues(halfTensor('h', -0.5))).toEqual([-0.5])
    expect(smallValues(raw(6, [1, 0, 0, 0]))).toEqual([1])
    expect(smallValues(raw(9, [1, 0], [2n]))).toEqual([1, 0])
    expect(smallValues(raw(11, [0, 0, 0, 0, 0, 0, 0, 0]))).toBeNull()
  })

  it('is read where its numbers are listed, except half precision', () => {
    const listed = (values: object) => smallValues(create(TensorProtoSchema, { dims: [1n], ...values }))
    expect(listed({ dataType: 7, int64Data: [5n] })).toEqual([5])
    expect(listed({ dataType: 1, floatData: [0.5] })).toEqual([0.5])
    expect(listed({ dataType: 6, int32Data: [3] })).toEqual([3])
    expect(listed({ dataType: 9, int32Data: [1] })).toEqual([1])
    expect(listed({ dataType: 10, int32Data: [1] })).toBeNull()
  })

  it('is not read where it is large, elsewhere or not there', () => {
    const many = (length: number) => smallValues(integerTensor('i', Array<number>(length).fill(0)))?.length
    expect([many(1024), many(1025)]).toEqual([1024, undefined])
    const elsewhere = create(TensorProtoSchema, {
      dataType: 7,
      dataLocation: DataLocation.EXTERNAL,
      externalData: [{ key: 'location', value: 'w' }],
    })
    expect([smallValues(elsewhere), smallValues(undefined)]).toEqual([null, null])
  })

  it('has as many elements as its sizes make', () => {
    expect([elementCount({ dims: [] }), elementCount({ dims: [3n, 4n] })]).toEqual([1n, 12n])
    expect([floatTensor('f', [1]).dims, integerTensor('i', [1, 2]).dims, integerTensor('i', [1], []).dims]).toEqual([
      [],
      [2n],
      [],
    ])
  })
})

describe('element types', () => {
  it('have a size, a name, and a lowest score where scores may be of the type', () => {
    const eight = [2, 3, 9, 17, 18, 19, 20]
    const sixteen = [4, 5, 10, 16]
    const thirtyTwo = [1, 6, 12]
    const sixtyFour = [7, 11, 13, 14]
    expect([eight, sixteen, thirtyTwo, sixtyFour].map((types) => new Set(types.map(bitsOf)))).toEqual(
      [8n, 16n, 32n, 64n].map((bits) => new Set([bits])),
    )
    expect([bitsOf(15), bitsOf(21), bitsOf(22), bitsOf(23), bitsOf(8), bitsOf(99)]).toEqual([128n, 4n, 4n, 4n, null, null])
    expect([1, 10, 16, 7, 99].map(isScoreType)).toEqual([true, true, false, false, false])
    expect([lowestScoreOf(1), lowestScoreOf(10)]).toEqual([-3.4e38, -65504])
    expect(() => lowestScoreOf(16)).toThrow('the lowest score of BFLOAT16 is missing')
    expect([nameOfElementType(10), nameOfElementType(99)]).toEqual(['FLOAT16', 'type 99'])
  })
})

describe('an input or output', () => {
  it('declares sizes by number, by name or not', () => {
    const value = makeValueInfo('x', 10, [2, 'batch', ''])
    expect([value.name, elementType(value), declaredShape(value)]).toEqual(['x', 10, [2, 'batch', null]])
    const bare = create(ValueInfoProtoSchema, { name: 'x' })
    expect([elementType(bare), declaredShape(bare)]).toEqual([0, null])
    const unranked = makeValueInfo('x', 1, [])
    if (unranked.type?.value.case === 'tensorType') delete unranked.type.value.value.shape
    expect(declaredShape(unranked)).toBeNull()
    if (value.type?.value.case === 'tensorType') element(value.type.value.value.shape?.dim ?? [], 0).value = { case: undefined }
    expect(declaredShape(value)).toEqual([null, 'batch', null])
  })
})

describe('isBoolean', () => {
  const graph = openSmall({
    inputs: { x: [1], flags: [1], other: [1] },
    types: { flags: 9 },
    constants: [
      create(TensorProtoSchema, { name: 'constant', dataType: 9, dims: [1n], rawData: Uint8Array.of(1) }),
      list('numbers', 1),
    ],
    nodes: [
      ...['And', 'Or', 'Not', 'Xor', 'Less', 'LessOrEqual', 'Greater', 'GreaterOrEqual', 'Equal', 'IsNaN', 'IsInf'].map(
        (opType) => makeNode(opType, ['x', 'x'], [`made/${opType}`]),
      ),
      ...[
        'Expand',
        'Unsqueeze',
        'Squeeze',
        'Reshape',
        'Transpose',
        'Slice',
        'Concat',
        'Identity',
        'Gather',
        'GatherND',
        'Tile',
        'Trilu',
      ].map((opType) => makeNode(opType, ['flags', 'numbers'], [`kept/${opType}`])),
      ...['Expand', 'Identity'].map((opType) => makeNode(opType, ['x', 'flags'], [`number/${opType}`])),
      makeNode('Cast', ['x'], ['made/Cast'], { to: 9 }),
      makeNode('Cast', ['flags'], ['number/Cast'], { to: 1 }),
      makeNode('Where', ['flags', 'made/Or', 'x'], ['kept/Where']),
      makeNode('Where', ['flags', 'x', 'flags'], ['number/Where']),
      makeNode('Add', ['flags', 'flags'], ['number/Add']),
      makeNode('Run', ['flags'], ['number/unknown'], {}, 'own'),
      create(NodeProtoSchema, { opType: 'Identity', input: ['kept/Where'], output: ['kept/twice'] }),
    ],
    outputs: [],
  })
  const made = [...graph.nodes].map((one) => outputOf(one))
  it.each([...made, 'flags', 'constant', 'x', 'numbers', 'nothing'])('of %s is judged by what made it', (tensor) => {
    expect(isBoolean(graph, tensor)).toBe(/^(made|kept)|^flags$|^constant$/.test(tensor))
  })

  it('ends in a cycle', () => {
    const round = openSmall({
      inputs: {},
      nodes: [makeNode('Identity', ['b'], ['a']), makeNode('Identity', ['a'], ['b'])],
      outputs: [],
    })
    expect(isBoolean(round, 'a')).toBe(false)
  })
})

describe('reduceLastAxis', () => {
  it.each([13, 17, 18, 21])('keeps the last axis as one of one, in operators of version %i', async (opset) => {
    const sizes = { x: ['batch', 'new', 4] }
    const graph = openSmall({ inputs: sizes, nodes: [], outputs: ['least', 'most'] }, opset)
    graph.add('Identity', [reduceLastAxis(graph, 'ReduceMin', 'x')], { outputs: ['least'] })
    graph.add('Identity', [reduceLastAxis(graph, 'ReduceMax', 'x')], { outputs: ['most'] })
    const whole = openSmall({ inputs: sizes, nodes: [makeNode('Identity', ['x'], ['y'])], outputs: ['y'] }, opset)
    const [least, most] = await run(graph.toProto('reduced'), sizes, {}, opset)
    const [all] = await run(whole.toProto('whole'), sizes, {}, opset)
    const rows = Array.from({ length: 6 }, (_, row) => [...(all?.data ?? [])].slice(4 * row, 4 * row + 4))
    expect(least?.shape).toEqual([2, 3, 1])
    expect([...(least?.data ?? [])]).toEqual(rows.map((row) => Math.min(...row)))
    expect([...(most?.data ?? [])]).toEqual(rows.map((row) => Math.max(...row)))
  })
})
