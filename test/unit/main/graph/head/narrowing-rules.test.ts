import { describe, expect, it } from 'vitest'
import type { TensorProto } from 'onnx-buf'
import { narrow } from '../../../../../src/main/graph/head/narrow.ts'
import { narrowing } from '../../../../../src/main/graph/head/narrowing-rules.ts'
import { makeNode } from '../../../../../src/main/graph/onnx/node.ts'
import type { AttributeValue } from '../../../../../src/main/graph/onnx/node.ts'
import { floatTensor } from '../../../../../src/main/graph/onnx/tensor.ts'
import { operatorNames, operatorOf } from '../../../../../src/main/graph/operators.ts'
import { inferShapes } from '../../../../../src/main/graph/shapes/shapes.ts'
import type { Shape } from '../../../../../src/main/graph/shapes/known.ts'
import { distance, randomFloats } from '../decoder-run.ts'
import { contract, list, openSmall, protoOf, run, whole } from '../small-graph.ts'

const ms = 'com.microsoft'
const x: Shape = ['batch', 'new', 4]
const heads: Shape = ['batch', 2, 'new', 4]

/** An operator whose output's rows are chosen along an axis: which inputs it then reads in part (place and axis), `null` where it needs them whole. */
interface Work {
  readonly opType: string
  readonly inputs: readonly (Shape | TensorProto | '')[]
  readonly reads: Readonly<Record<number, number>> | null
  readonly attributes?: Readonly<Record<string, AttributeValue>>
  readonly domain?: string
  readonly booleans?: true
  readonly opset?: number
  /** Along which the rows are chosen, the second last by default. */
  readonly axis?: number
  /** Not run: ONNX Runtime has no kernel for these inputs, or the rows are not the second last axis. */
  readonly symbolic?: true
}

const onOne =
  'Abs Cos Elu Erf Exp HardSigmoid HardSwish Identity LeakyRelu Log Mish Neg Reciprocal Relu Sigmoid Sin Softplus Sqrt Tanh Gelu Clip IsNaN'.split(
    ' ',
  )
const onTwo = 'Add Sub Mul Div Pow Max Min Sum Less LessOrEqual Greater GreaterOrEqual Equal'.split(' ')
const reducing = 'ReduceMin ReduceMax ReduceMean ReduceSum ReduceSumSquare ReduceL2 ReduceLogSumExp'.split(' ')
const weight = floatTensor('weight', [...randomFloats(4, 3)], [4])
const matrix = floatTensor('matrix', [...randomFloats(24, 4)], [4, 6])

const works: readonly Work[] = [
  ...onOne.map((opType) => ({ opType, inputs: [x], reads: { 0: -2 } })),
  ...onTwo.map((opType) => ({ opType, inputs: [x, x], reads: { 0: -2, 1: -2 } })),
  ...['And', 'Or', 'Xor'].map((opType) => ({ opType, inputs: [x, x], booleans: true as const, reads: { 0: -2, 1: -2 } })),
  { opType: 'Not', inputs: [x], booleans: true, reads: { 0: -2 } },
  { opType: 'Mod', inputs: [x, weight], attributes: { fmod: 1 }, reads: { 0: -2 } },
  { opType: 'Cast', inputs: [x], attributes: { to: 1 }, reads: { 0: -2 } },
  { opType: 'Add', inputs: [weight, x], reads: { 1: -2 } },
  { opType: 'Add', inputs: [['batch', 1, 4], x], reads: { 1: -2 } },
  { opType: 'Add', inputs: [x, ['keys', 'new', 4]], reads: { 0: -2, 1: -2 }, symbolic: true },
  { opType: 'Add', inputs: [x, ['batch', 'keys', 4]], reads: null, symbolic: true },
  { opType: 'Add', inputs: [['batch', 1, 4], weight], reads: null, symbolic: true },
  { opType: 'Swish', inputs: [x], reads: { 0: -2 }, symbolic: true },
  { opType: 'FastGelu', domain: ms, inputs: [x], reads: { 0: -2 } },
  { opType: 'QuickGelu', domain: ms, inputs: [x], reads: { 0: -2 } },
  { opType: 'BiasGelu', domain: ms, inputs: [x, weight], reads: { 0: -2 } },
  { opType: 'LayerNormalization', inputs: [x, weight, weight], reads: { 0: -2 } },
  { opType: 'LayerNormalization', inputs: [x, weight], attributes: { axis: 1 }, reads: null, symbolic: true },
  { opType: 'LayerNormalization', inputs: [x, weight], axis: -1, reads: null, symbolic: true },
  { opType: 'SimplifiedLayerNormalization', inputs: [x, weight], reads: { 0: -2 } },
  { opType: 'RMSNormalization', inputs: [x, weight], reads: { 0: -2 }, symbolic: true },
  { opType: 'SkipLayerNormalization', domain: ms, inputs: [x, x, weight, weight], reads: { 0: -2, 1: -2 } },
  { opType: 'SkipSimplifiedLayerNormalization', domain: ms, inputs: [x, x, weight], reads: { 0: -2, 1: -2 } },
  { opType: 'SkipLayerNormalization', domain: ms, inputs: [x, x, weight], axis: -1, reads: null, symbolic: true },
  { opType: 'Softmax', inputs: [x], reads: { 0: -2 } },
  { opType: 'LogSoftmax', inputs: [x], attributes: { axis: 2 }, reads: { 0: -2 } },
  { opType: 'Softmax', inputs: [x], attributes: { axis: 1 }, reads: null },
  { opType: 'Softmax', inputs: [x], attributes: { axis: -2 }, reads: null },
  { opType: 'Softmax', inputs: [['batch', 4, 'new']], axis: -1, reads: null, symbolic: true },
  { opType: 'Softmax', inputs: [['batch', 'new', 4]], attributes: { axis: 0 }, reads: { 0: -2 } },
  { opType: 'Split', inputs: [x], attributes: { axis: 2, num_outputs: 1 }, reads: { 0: -2 } },
  { opType: 'Split', inputs: [['new', 'new', 4]], attributes: { num_outputs: 1 }, axis: -3, reads: null, symbolic: true },
  ...reducing.map((opType) => ({ opType, inputs: [x, list('axes', -1)], reads: { 0: -2 } })),
  { opType: 'ReduceSum', inputs: [x, list('axes', 1)], reads: null, symbolic: true },
  { opType: 'ReduceSum', inputs: [x, list('axes')], reads: null, symbolic: true },
  { opType: 'ReduceSum', inputs: [heads, list('axes', 3)], attributes: { keepdims: 0 }, reads: null, symbolic: true },
  { opType: 'ReduceMean', inputs: [x], attributes: { axes: [-1] }, opset: 17, reads: { 0: -2 } },
  { opType: 'MatMul', inputs: [x, matrix], reads: { 0: -2 } },
  { opType: 'MatMul', inputs: [x, matrix], axis: -1, reads: null, symbolic: true },
  {
    opType: 'MatMul',
    inputs: [
      ['new', 3, 4],
      ['new', 4, 3],
    ],
    axis: -3,
    reads: { 0: -3, 1: -3 },
    symbolic: true,
  },
  { opType: 'FusedMatMul', domain: ms, inputs: [x, matrix], reads: { 0: -2 } },
  { opType: 'FusedMatMul', domain: ms, inputs: [['batch', 4, 'new'], matrix], attributes: { transA: 1 }, reads: null },
  { opType: 'FusedMatMul', domain: ms, inputs: [x, matrix], attributes: { transBatchA: 1 }, reads: null, symbolic: true },
  { opType: 'MatMulNBits', domain: ms, inputs: [x, matrix], attributes: { N: 6 }, reads: { 0: -2 }, symbolic: true },
  { opType: 'MatMulNBits', domain: ms, inputs: [x, matrix], axis: -1, reads: null, symbolic: true },
  { opType: 'Slice', inputs: [x, list('start', 1), list('end', 3), list('axes', -1)], reads: { 0: -2 } },
  { opType: 'Slice', inputs: [x, list('start', 0), list('end', 9), list('axes', 1)], reads: null },
  { opType: 'Slice', inputs: [x, list('start', 0), list('end', 2)], reads: null },
  { opType: 'Transpose', inputs: [['batch', 'new', 2, 4]], attributes: { perm: [0, 2, 1, 3] }, reads: { 0: -3 } },
  { opType: 'Transpose', inputs: [['new', 'batch', 4]], attributes: { perm: [1, 0, 2] }, reads: { 0: -3 } },
  { opType: 'Transpose', inputs: [['batch', 'new', 2]], attributes: { perm: [0, 2, 1] }, reads: null, symbolic: true },
  { opType: 'Transpose', inputs: [x], reads: null },
  { opType: 'Unsqueeze', inputs: [x, list('axes', 1)], reads: { 0: -2 } },
  { opType: 'Unsqueeze', inputs: [['batch', 'new'], list('axes', 2)], reads: { 0: -1 } },
  { opType: 'Unsqueeze', inputs: [['batch', 'new'], list('axes', -1, 0)], reads: { 0: -1 } },
  { opType: 'Unsqueeze', inputs: [['batch', 4], list('axes', 1)], reads: null, symbolic: true },
  { opType: 'Concat', inputs: [x, x], attributes: { axis: -1 }, reads: { 0: -2, 1: -2 } },
  { opType: 'Concat', inputs: [x, x], attributes: { axis: 1 }, reads: null },
  { opType: 'Concat', inputs: [x, ['batch', 1, 4]], attributes: { axis: 2 }, reads: null, symbolic: true },
  { opType: 'Concat', inputs: [['new', 2, 4]], axis: -3, reads: null, symbolic: true },
  { opType: 'Where', inputs: [['new', 1], x, x], booleans: true, reads: { 0: -2, 1: -2, 2: -2 }, symbolic: true },
  { opType: 'CumSum', inputs: [x, list('axes', 1)], reads: null, symbolic: true },
  { opType: 'Gather', inputs: [x, list('axes', 1)], reads: null, symbolic: true },
]

const name = (place: number): string => 'abcdefgh'.charAt(place)
const isShape = (input: Shape | TensorProto | ''): input is Shape => Array.isArray(input)

function graphOf({ opType, inputs, attributes, domain, booleans }: Work) {
  const names = inputs.map((input, place) => (input === '' ? '' : isShape(input) ? name(place) : input.name))
  const shapes = Object.fromEntries(inputs.flatMap((input, place) => (isShape(input) ? [[name(place), input] as const] : [])))
  const flags = booleans === true ? Object.keys(shapes).map((input) => makeNode('Greater', [`${input}0`, 'zero'], [input])) : []
  const read = Object.fromEntries(Object.entries(shapes).map(([input, shape]) => [flags.length > 0 ? `${input}0` : input, shape]))
  const constants = new Map(
    inputs.filter((input) => input !== '' && !isShape(input)).map((input) => [(input as TensorProto).name, input as TensorProto]),
  )
  return {
    inputs: { ...read, rows: ['targets'] as Shape },
    constants: [...constants.values(), floatTensor('zero', [0])],
    nodes: [
      ...flags,
      makeNode(opType, names, ['y'], attributes, domain),
      makeNode('Gather', ['y', 'rows'], ['chosen'], { axis: -2 }),
      makeNode('Identity', ['chosen'], ['z']),
    ],
    outputs: ['z'],
    types: { rows: 7 },
  }
}

describe('rows', () => {
  it.each(works)('of $opType $attributes along $axis need $reads', async (work) => {
    const small = graphOf(work)
    const graph = openSmall(small, work.opset)
    const shapes = inferShapes(graph, contract)
    const node = graph.makerOf('y')
    const gather = graph.makerOf('chosen')
    if (node === undefined || gather === undefined) throw new Error('the graph has lost its nodes')
    const plan = narrowing(node, work.axis ?? -2, shapes)
    expect(plan && Object.fromEntries(plan.reads)).toEqual(work.reads)
    if (work.symbolic === true) return
    narrow(graph, shapes, gather)
    expect(graph.makerOf('chosen') === undefined).toBe(work.reads !== null)
    const given = { rows: whole([2, 0], 2) }
    const [expected] = await run(protoOf(small), small.inputs, given, work.opset)
    const [narrowed] = await run(graph.toProto('narrowed'), small.inputs, given, work.opset)
    if (expected === undefined || narrowed === undefined) throw new Error('nothing came out')
    expect(narrowed.shape).toEqual(expected.shape)
    const finite = { ...expected, data: expected.data.map((value) => (Number.isFinite(value) ? value : 0)) }
    expect(
      distance({ ...narrowed, data: narrowed.data.map((value) => (Number.isFinite(value) ? value : 0)) }, finite),
    ).toBeLessThan(1e-6)
  })

  it('are tested for every operator that has a rule, beside reshapes and rotations', () => {
    const tested = new Set([...works.map(({ opType }) => opType), 'Reshape', 'RotaryEmbedding'])
    const withRule = operatorNames.filter(
      (opType) => (operatorOf({ domain: '', opType }).rows ?? operatorOf({ domain: ms, opType }).rows) !== undefined,
    )
    expect(withRule.filter((opType) => !tested.has(opType))).toEqual([])
  })

  it.each(operatorNames)('of %s are left alone where sizes are not known', (opType) => {
    const nothing = { shapeOf: () => null, valuesOf: () => null }
    for (const domain of ['', ms]) {
      const node = makeNode(opType, ['a', 'b', 'c'], ['y'], { axis: 0, perm: [0, 1] }, domain)
      expect(narrowing(node, -2, nothing)).toBeNull()
    }
  })
})

describe('rows of a reshape', () => {
  it.each<readonly [string, Shape, readonly number[], Shape | null, number | null]>([
    ['heads split off', ['batch', 'new', 8], [0, 0, 2, 4], ['batch', 'new', 2, 4], -2],
    ['heads merged', ['batch', 'new', 2, 4], [0, 0, 8], ['batch', 'new', 8], -3],
    ['the batch written as the rest', ['batch', 'new', 8], [-1, 3, 2, 4], null, null],
  ])('with %s', async (_, before, sizes, after, axis) => {
    const rowAxis = sizes.length === 4 ? -3 : -2
    const small = {
      inputs: { a: before, rows: ['targets'] as Shape },
      constants: [list('sizes', ...sizes)],
      nodes: [makeNode('Reshape', ['a', 'sizes'], ['y']), makeNode('Gather', ['y', 'rows'], ['z'], { axis: rowAxis })],
      outputs: ['z'],
      types: { rows: 7 },
    }
    const graph = openSmall(small)
    const shapes = inferShapes(graph, contract)
    if (after !== null) expect(shapes.shapeOf('y')).toEqual(after)
    const node = graph.makerOf('y')
    if (node === undefined) throw new Error('no reshape')
    const plan = narrowing(node, rowAxis, shapes)
    expect(plan && [...plan.reads]).toEqual(axis === null ? null : [[0, axis === -2 && before.length === 3 ? -2 : axis]])
    if (plan === null) return
    const given = { rows: whole([2, 0], 2) }
    const [expected] = await run(protoOf(small), small.inputs, given)
    plan.apply?.(graph)
    const gather = graph.makerOf('z')
    if (gather === undefined) throw new Error('no gather')
    graph.remove(gather)
    graph.rewire(node, 0, graph.add('Gather', ['a', 'rows'], { attributes: { axis: [...plan.reads.values()][0] as number } }))
    graph.add('Identity', ['y'], { outputs: ['z'] })
    const [narrowed] = await run(graph.toProto('narrowed'), small.inputs, given)
    expect(narrowed).toEqual(expected)
  })

  it('is left alone where rows are cut up or mixed, or a size cannot be written', () => {
    const node = makeNode('Reshape', ['a', 'sizes'], ['y'])
    const plan = (before: Shape, after: Shape, axis: number) =>
      narrowing(node, axis, { shapeOf: (tensor) => (tensor === 'a' ? before : after), valuesOf: () => null })
    expect(plan(['batch', 'new', 8], ['batch*new', 8], -2)).toBeNull()
    expect(plan(['batch', 2, 'new', 4], ['batch', 'new', 8], -2)).toBeNull()
    expect(plan(['batch', 'new', 8], ['new', 'batch', 8], -3)).toBeNull()
    expect(plan(['batch*4', 'new', 8], ['batch', 4, 'new', 8], -2)).toBeNull()
    expect(plan(['batch', 'new', 8], ['batch', 8, 'keys'], -1)).toBeNull()
    expect([...(plan(['batch', 'new', 8], ['batch', 1, 'new', 8], -2)?.reads ?? [])]).toEqual([[0, -2]])
  })

  it('takes a size from another place of its input', () => {
    const graph = openSmall({
      inputs: { a: ['keys', 'batch', 'new', 4] },
      constants: [list('sizes', 1)],
      nodes: [makeNode('Reshape', ['a', 'sizes'], ['y'], { allowzero: 1 })],
      outputs: ['y'],
    })
    const node = graph.makerOf('y')
    if (node === undefined) throw new Error('no reshape')
    const sizes: Record<string, Shape> = { a: ['keys', 'batch', 'new', 4], y: ['batch', 'keys', 'new', 4] }
    narrowing(node, -2, { shapeOf: (tensor) => sizes[tensor] ?? null, valuesOf: () => null })?.apply?.(graph)
    expect(node.attribute).toEqual([])
    const made = graph.makerOf(node.input[1] ?? '')
    expect(made?.opType).toBe('Concat')
    expect(made?.input.map((input) => graph.makerOf(input)?.input[1] ?? input)).toEqual([
      'atman/int64/1/1',
      'atman/int64/1/0',
      'atman/int64/1/-1',
      'atman/int64/1/4',
    ])
  })
})

describe('rows of a rotation', () => {
  const q: Shape = ['batch', 2, 'new', 4]
  const sizes: Record<string, Shape> = {
    q,
    ids: ['batch', 'new'],
    single: [1],
    otherIds: ['batch', 'keys'],
    table: ['batch', 'new', 2],
    flatTable: ['new', 2],
    otherTable: ['batch', 'keys', 2],
  }
  const shapes = { shapeOf: (tensor: string) => sizes[tensor] ?? null, valuesOf: () => null }
  it.each<readonly [string, string, readonly string[], number, Readonly<Record<number, number>> | null]>([
    ['with position ids', ms, ['q', 'ids', 'cosines', 'sines'], -2, { 0: -2, 1: -1 }],
    ['with one position for all', ms, ['q', 'single', 'cosines', 'sines'], -2, null],
    ['with positions of keys', ms, ['q', 'otherIds', 'cosines', 'sines'], -2, null],
    ['without position ids', ms, ['q', '', 'table', 'table'], -2, null],
    ['along another axis', ms, ['q', 'ids', 'cosines', 'sines'], -1, null],
    ['of the standard with position ids', '', ['q', 'cosines', 'sines', 'ids'], -2, { 0: -2, 3: -1 }],
    ['of the standard with tables', '', ['q', 'table', 'table'], -2, { 0: -2, 1: -2, 2: -2 }],
    ['of the standard with tables that have no batch', '', ['q', 'table', 'flatTable'], -2, null],
    ['of the standard with tables of keys', '', ['q', 'otherTable', 'table'], -2, null],
    ['of something without rows', '', ['nothing', 'table', 'table'], -2, null],
  ])('%s', (_, domain, inputs, axis, expected) => {
    const plan = narrowing(makeNode('RotaryEmbedding', inputs, ['y'], {}, domain), axis, shapes)
    expect(plan && Object.fromEntries(plan.reads)).toEqual(expected)
  })
})
