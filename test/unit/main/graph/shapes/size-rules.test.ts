import { describe, expect, it } from 'vitest'
import { makeNode } from '../../../../../src/main/graph/onnx/node.ts'
import type { AttributeValue } from '../../../../../src/main/graph/onnx/node.ts'
import { operatorNames, operatorOf } from '../../../../../src/main/graph/operators.ts'
import type { Shape } from '../../../../../src/main/graph/shapes/known.ts'
import { sizesOf } from '../../../../../src/main/graph/shapes/size-rules.ts'
import { knowing, numberOf, protoOf, run, whole } from '../small-graph.ts'

/** One operator at work: inputs `a`, `b`, … with their sizes or, where it is a list of numbers, with their content. */
interface Work {
  readonly opType: string
  /** Sizes of an input, or `{ is }` its content. */
  readonly inputs: readonly (Shape | { readonly is: readonly number[]; readonly scalar?: true } | null)[]
  readonly gives: Shape | null
  readonly attributes?: Readonly<Record<string, AttributeValue>>
  readonly domain?: string
  /** Inputs that are booleans. */
  readonly booleans?: true
  readonly opset?: number
  /** Of several outputs. */
  readonly more?: readonly Shape[]
}

const x: Shape = ['batch', 'new', 4]
const ms = 'com.microsoft'
const is = (...values: number[]) => ({ is: values })
const scalar = (value: number) => ({ is: [value], scalar: true as const })

const onOne =
  'Abs Ceil Cos Elu Erf Exp Floor HardSigmoid HardSwish Identity LeakyRelu Log Mish Neg Reciprocal Relu Round Sigmoid Sign Sin Softplus Sqrt Tanh Softmax LogSoftmax Dropout Gelu Clip IsNaN Trilu'.split(
    ' ',
  )
const onTwo = 'Add Sub Mul Div Pow Max Min Sum Mod'.split(' ')
const deciding = 'Less LessOrEqual Greater GreaterOrEqual Equal'.split(' ')
const logical = 'And Or Xor'.split(' ')
const reducing = 'ReduceMin ReduceMax ReduceMean ReduceSum ReduceProd ReduceSumSquare ReduceL2 ReduceLogSumExp'.split(' ')

const works: readonly Work[] = [
  ...onOne.map((opType) => ({ opType, inputs: [x], gives: x })),
  ...onTwo.map((opType) => ({ opType, inputs: [x, [4]], gives: x, attributes: opType === 'Mod' ? { fmod: 1 } : {} })),
  ...deciding.map((opType) => ({
    opType,
    inputs: [
      ['batch', 1, 4],
      ['new', 4],
    ],
    gives: x,
  })),
  ...logical.map((opType) => ({ opType, inputs: [x, ['new', 1]], gives: x, booleans: true as const })),
  ...reducing.map((opType) => ({ opType, inputs: [x, is(-1)], gives: ['batch', 'new', 1] })),
  { opType: 'ReduceSum', inputs: [x, is(0, 2)], attributes: { keepdims: 0 }, gives: ['new'] },
  { opType: 'ReduceMean', inputs: [x], attributes: { axes: [1] }, opset: 17, gives: ['batch', 1, 4] },
  { opType: 'Swish', inputs: [x], gives: x },
  { opType: 'Not', inputs: [x], booleans: true, gives: x },
  { opType: 'Cast', inputs: [x], attributes: { to: 7 }, gives: x },
  { opType: 'CumSum', inputs: [x, scalar(1)], gives: x },
  { opType: 'FastGelu', domain: ms, inputs: [x], gives: x },
  { opType: 'QuickGelu', domain: ms, inputs: [x], gives: x },
  { opType: 'BiasGelu', domain: ms, inputs: [x, [4]], gives: x },
  { opType: 'LayerNormalization', inputs: [x, [4], [4]], gives: x },
  { opType: 'SimplifiedLayerNormalization', inputs: [x, [4]], gives: x },
  { opType: 'RMSNormalization', inputs: [x, [4]], opset: 23, gives: x },
  { opType: 'SkipLayerNormalization', domain: ms, inputs: [x, x, [4], [4]], gives: x },
  { opType: 'SkipSimplifiedLayerNormalization', domain: ms, inputs: [x, x, [4]], gives: x },
  {
    opType: 'RotaryEmbedding',
    inputs: [
      ['batch', 2, 'new', 4],
      ['batch', 'new', 2],
      ['batch', 'new', 2],
    ],
    opset: 23,
    gives: ['batch', 2, 'new', 4],
  },
  { opType: 'MatMul', inputs: [x, [4, 6]], gives: ['batch', 'new', 6] },
  {
    opType: 'MatMul',
    inputs: [
      ['batch', 2, 'new', 4],
      [2, 4, 'keys'],
    ],
    gives: ['batch', 2, 'new', 'keys'],
  },
  {
    opType: 'FusedMatMul',
    domain: ms,
    inputs: [
      ['batch', 4, 'new'],
      ['batch', 6, 4],
    ],
    attributes: { transA: 1, transB: 1 },
    gives: ['batch', 'new', 6],
  },
  { opType: 'Gemm', inputs: [['new', 4], [6, 4], [6]], attributes: { transB: 1 }, gives: ['new', 6] },
  { opType: 'Transpose', inputs: [x], attributes: { perm: [2, 0, 1] }, gives: [4, 'batch', 'new'] },
  { opType: 'Transpose', inputs: [x], gives: [4, 'new', 'batch'] },
  { opType: 'Reshape', inputs: [x, is(0, 0, 2, -1)], gives: ['batch', 'new', 2, 2] },
  { opType: 'Reshape', inputs: [x, is(-1, 4)], gives: ['batch*new', 4] },
  { opType: 'Reshape', inputs: [[0, 4], is(0, 2)], attributes: { allowzero: 1 }, gives: [0, 2] },
  { opType: 'Unsqueeze', inputs: [x, is(1, -1)], gives: ['batch', 1, 'new', 4, 1] },
  { opType: 'Unsqueeze', inputs: [x, is(0)], gives: [1, 'batch', 'new', 4] },
  { opType: 'Squeeze', inputs: [['batch', 1, 'new', 1], is(1)], gives: ['batch', 'new', 1] },
  { opType: 'Squeeze', inputs: [['batch', 1, 'new', 1], is(-1, 1)], gives: ['batch', 'new'] },
  { opType: 'Squeeze', inputs: [[1, 3, 1, 2]], gives: [3, 2] },
  { opType: 'Expand', inputs: [['batch', 1, 4], is(2, 1, 5, 1)], gives: [2, 'batch', 5, 4] },
  {
    opType: 'Concat',
    inputs: [
      ['batch', 2, 'past', 4],
      ['batch', 2, 'new', 4],
    ],
    attributes: { axis: 2 },
    gives: ['batch', 2, 'keys', 4],
  },
  { opType: 'Concat', inputs: [x, x], attributes: { axis: -1 }, gives: ['batch', 'new', 8] },
  { opType: 'Slice', inputs: [['batch', 'new', 7], is(-4), is(6), is(2)], gives: ['batch', 'new', 3] },
  { opType: 'Slice', inputs: [['batch', 'new', 7], is(1, 0), is(99, 5), is(-1, 1), is(3, 9)], gives: ['batch', '?0', 2] },
  { opType: 'Slice', inputs: [['batch', 'new', 7], is(0), is(2 ** 40), is(1)], gives: ['batch', 'new', 7] },
  { opType: 'Slice', inputs: [[5, 6], is(1, 5), is(3, 2)], gives: [2, 0] },
  { opType: 'Split', inputs: [x, is(3, 1)], attributes: { axis: 2 }, gives: ['batch', 'new', 3], more: [['batch', 'new', 1]] },
  {
    opType: 'Split',
    inputs: [x],
    attributes: { axis: -1, num_outputs: 2 },
    gives: ['batch', 'new', 2],
    more: [['batch', 'new', 2]],
  },
  { opType: 'Split', inputs: [[4, 'new']], attributes: { num_outputs: 2 }, gives: [2, 'new'], more: [[2, 'new']] },
  { opType: 'Gather', inputs: [x, is(1, 0, 2, 2)], attributes: { axis: 2 }, gives: ['batch', 'new', 4] },
  { opType: 'Gather', inputs: [x, scalar(1)], attributes: { axis: -2 }, gives: ['batch', 4] },
  { opType: 'Gather', inputs: [[5, 'new'], is(1, 0)], gives: [2, 'new'] },
  { opType: 'GatherElements', inputs: [[5], is(1, 0)], gives: [2] },
  { opType: 'GatherND', inputs: [[5, 'new', 4], is(1)], gives: ['new', 4] },
  { opType: 'Shape', inputs: [x], gives: [3] },
  { opType: 'Shape', inputs: [x], attributes: { start: 1 }, gives: [2] },
  { opType: 'Shape', inputs: [x], attributes: { end: -1 }, gives: [2] },
  { opType: 'ConstantOfShape', inputs: [is(2, 5)], gives: [2, 5] },
  { opType: 'Range', inputs: [scalar(2), scalar(7), scalar(1)], gives: [5] },
  { opType: 'Tile', inputs: [x, is(2, 1, 3)], gives: ['2*batch', 'new', 12] },
]

const name = (place: number): string => 'abcdefgh'.charAt(place)

function rule({ opType, inputs, attributes, domain, more = [] }: Work) {
  const outputs = ['y', ...more.map((_, place) => `y${place}`)]
  const node = makeNode(
    opType,
    inputs.map((input, place) => (input === null ? '' : name(place))),
    outputs,
    attributes,
    domain,
  )
  const shapes: Record<string, Shape> = {}
  const values: Record<string, Shape> = {}
  inputs.forEach((input, place) => {
    if (input === null) return
    if (!('is' in input)) shapes[name(place)] = input
    else [shapes[name(place)], values[name(place)]] = ['scalar' in input ? [] : [input.is.length], input.is]
  })
  return { node, shapes, values, outputs, known: knowing(shapes, values) }
}

/** The operator, run on tensors of those sizes: sizes of what it gives. */
async function measured(work: Work): Promise<number[][]> {
  const { node, shapes, outputs } = rule(work)
  const used = Object.keys(shapes)
  const flags = work.booleans === true ? used.map((input) => makeNode('Greater', [`${input}0`, 'zero'], [input])) : []
  const named = Object.fromEntries(used.map((input) => [flags.length > 0 ? `${input}0` : input, shapes[input] as Shape]))
  const zero = flags.length > 0 ? { zero: [] } : {}
  const given = Object.fromEntries(
    work.inputs.flatMap((input, place) =>
      input !== null && 'is' in input ? [[name(place), whole(input.is, ...('scalar' in input ? [] : [input.is.length]))]] : [],
    ),
  )
  const types = Object.fromEntries(Object.keys(given).map((input) => [input, 7]))
  const graph = protoOf({ inputs: { ...named, ...zero }, nodes: [...flags, node], outputs, types })
  return (await run(graph, { ...named, ...zero }, given, work.opset)).map(({ shape }) => [...shape])
}

describe('sizes', () => {
  it.each(works)('of $opType on $inputs are $gives, as ONNX Runtime makes them', async (work) => {
    const { node, known } = rule(work)
    const expected = [work.gives, ...(work.more ?? [])]
    expect(sizesOf(node, known)).toEqual(expected)
    if (['RMSNormalization', 'RotaryEmbedding', 'Swish'].includes(work.opType)) return
    const isKnown = (size: unknown): boolean => !String(size).startsWith('?')
    const numbers = expected.map((shape) => (shape ?? []).map((size) => (isKnown(size) ? numberOf(size) : null)))
    const found = await measured(work)
    expect(found.map((shape, at) => shape.map((size, axis) => (numbers[at]?.[axis] === null ? null : size)))).toEqual(numbers)
  })

  it('are tested for every operator that has a rule, beside the products and attentions below', () => {
    const elsewhere = ['Attention', 'GroupQueryAttention', 'MultiHeadAttention', 'MatMulNBits', 'MatMulInteger', 'Where']
    const tested = new Set([...works.map(({ opType }) => opType), ...elsewhere])
    const withRule = operatorNames.filter((opType) => {
      const inStandard = operatorOf({ domain: '', opType }).sizes
      return (inStandard ?? operatorOf({ domain: ms, opType }).sizes) !== undefined
    })
    expect(withRule.filter((opType) => !tested.has(opType))).toEqual([])
  })

  it.each<readonly [string, Work]>([
    [
      'quantised product',
      { opType: 'MatMulNBits', domain: ms, inputs: [x, [6, 1, 8]], attributes: { N: 6 }, gives: ['batch', 'new', 6] },
    ],
    ['quantised product without N', { opType: 'MatMulNBits', domain: ms, inputs: [x, [6, 1, 8]], gives: null }],
    ['choice', { opType: 'Where', inputs: [['new', 1], x, []], gives: x }],
    ['integer product', { opType: 'MatMulInteger', inputs: [x, [4, 6]], gives: ['batch', 'new', 6] }],
    [
      'attention of rank 4',
      {
        opType: 'Attention',
        inputs: [
          ['batch', 4, 'new', 8],
          ['batch', 2, 'keys', 8],
          ['batch', 2, 'keys', 6],
        ],
        gives: ['batch', 4, 'new', 6],
      },
    ],
    [
      'attention of rank 3',
      {
        opType: 'Attention',
        inputs: [
          ['batch', 'new', 32],
          ['batch', 'new', 16],
          ['batch', 'new', 12],
        ],
        attributes: { q_num_heads: 4, kv_num_heads: 2 },
        gives: ['batch', 'new', 24],
      },
    ],
    ['attention of rank 3 without heads', { opType: 'Attention', inputs: [['batch', 'new', 32], x, x], gives: null }],
    [
      'grouped attention',
      {
        opType: 'GroupQueryAttention',
        domain: ms,
        inputs: [['batch', 'new', 64], null, null, ['batch', 2, 'past', 8]],
        attributes: { num_heads: 4, kv_num_heads: 2 },
        gives: ['batch', 'new', 32],
      },
    ],
    [
      'grouped attention without past',
      { opType: 'GroupQueryAttention', domain: ms, inputs: [x], attributes: { num_heads: 4 }, gives: null },
    ],
    ['multi-head attention', { opType: 'MultiHeadAttention', domain: ms, inputs: [x, x, ['batch', 'new', 4]], gives: x }],
    [
      'packed multi-head attention',
      { opType: 'MultiHeadAttention', domain: ms, inputs: [['batch', 'new', 2, 3, 2]], gives: null },
    ],
    ['product of a vector', { opType: 'MatMul', inputs: [x, [4]], gives: null }],
    [
      'product with batches turned',
      { opType: 'FusedMatMul', domain: ms, inputs: [x, x], attributes: { transBatchA: 1 }, gives: null },
    ],
    [
      'product with the right batches turned',
      { opType: 'FusedMatMul', domain: ms, inputs: [x, x], attributes: { transBatchB: 1 }, gives: null },
    ],
    ['reduction over no axes in particular', { opType: 'ReduceSum', inputs: [x], gives: null }],
    ['reduction over an empty list of axes', { opType: 'ReduceSum', inputs: [x, is()], gives: null }],
    ['squeeze of named sizes without axes', { opType: 'Squeeze', inputs: [x], gives: null }],
    ['gathering with batches', { opType: 'GatherND', inputs: [x, is(1)], attributes: { batch_dims: 1 }, gives: null }],
    [
      'sum of two names, one of which may be 1',
      {
        opType: 'Add',
        inputs: [
          ['batch', 'new'],
          ['batch', 'keys'],
        ],
        gives: ['batch', '?0'],
      },
    ],
    [
      'sum of a name and a number above 1',
      {
        opType: 'Add',
        inputs: [
          ['batch', 'new'],
          [5, 1],
        ],
        gives: [5, 'new'],
      },
    ],
    [
      'join of sizes without a common name',
      {
        opType: 'Concat',
        inputs: [
          ['batch', 'new'],
          ['batch', 'keys'],
        ],
        attributes: { axis: 1 },
        gives: ['batch', '?0'],
      },
    ],
    ['step backwards', { opType: 'Slice', inputs: [[5], is(-1), is(-9), is(0), is(-1)], gives: ['?0'] }],
    ['slice from the second on', { opType: 'Slice', inputs: [['keys'], is(1), is(99999999999)], gives: ['?0'] }],
    ['slice up to a number', { opType: 'Slice', inputs: [['keys'], is(0), is(3)], gives: ['?0'] }],
    ['slice without the last', { opType: 'Slice', inputs: [['keys+1'], is(0), is(-1)], gives: ['keys'] }],
    ['slice of a name in steps', { opType: 'Slice', inputs: [['keys'], is(0), is(99999999999), is(0), is(2)], gives: ['?0'] }],
    ['shape of the unknown', { opType: 'Shape', inputs: [null], gives: ['?0'] }],
    ['odd split', { opType: 'Split', inputs: [[5]], gives: ['?0'], more: [['?1']] }],
    ['operator of another domain', { opType: 'Attention', domain: ms, inputs: [x, x, x], gives: null }],
    ['operator that is not known', { opType: 'toString', inputs: [x], gives: null }],
  ])('of a %s', (_, work) => {
    const { node, known } = rule(work)
    const [first = null, ...more] = sizesOf(node, known)
    expect([first, ...more]).toEqual([work.gives, ...(work.more ?? [])])
  })

  it('of the sum that a skipped norm hands on are those of its input', () => {
    const node = makeNode('SkipLayerNormalization', ['a', 'a'], ['y', 'mean', 'deviation', 'sum'], {}, ms)
    expect(sizesOf(node, knowing({ a: x }))).toEqual([x, null, null, x])
  })

  it('asked for by a list that is not known are as many as it is long', () => {
    const node = makeNode('Reshape', ['a', 'list'], ['y'])
    expect(sizesOf(node, knowing({ a: x, list: [3] }))).toEqual([['?0', '?1', '?2']])
    expect(sizesOf(node, knowing({ a: x, list: ['batch'] }))).toEqual([null])
    expect(sizesOf(makeNode('Slice', ['a', 'list', 'list'], ['y']), knowing({ a: x, list: [1] }))).toEqual([['?0', '?1', '?2']])
    expect(sizesOf(makeNode('Tile', ['a', 'list'], ['y']), knowing({ a: x, list: [3] }))).toEqual([['?0', '?1', '?2']])
    expect(sizesOf(makeNode('Reshape', ['nothing', 'list'], ['y']), knowing({}, { list: [0, -1] }))).toEqual([['?0', '?1']])
    expect(sizesOf(makeNode('Range', ['list', 'list', 'list'], ['y']), knowing({}, { list: [0] }))).toEqual([['?0']])
  })

  it.each(operatorNames)('of %s on inputs that nothing is known of are not known', (opType) => {
    for (const domain of ['', ms]) {
      const shapes = sizesOf(makeNode(opType, ['a', 'b', 'c', 'd'], ['y', 'z'], { axis: 0, perm: [0] }, domain), knowing({}))
      const hasNoNumber = shapes.every((shape) => (shape ?? []).every((size) => String(size).startsWith('?')))
      expect(hasNoNumber).toBe(true)
    }
  })

  it.each<readonly [string, Work]>([
    [
      'gives Concat the axis 3 of a tensor with 3 axes',
      { opType: 'Concat', inputs: [x, x], attributes: { axis: 3 }, gives: null },
    ],
    [
      'gives Gather the axis -4 of a tensor with 3 axes',
      { opType: 'Gather', inputs: [x, is(0)], attributes: { axis: -4 }, gives: null },
    ],
    [
      'gives Concat 2 sizes where it takes more',
      { opType: 'Concat', inputs: [x, ['batch', 'new']], attributes: { axis: 2 }, gives: null },
    ],
    [
      'gives Transpose 3 sizes where it takes more',
      { opType: 'Transpose', inputs: [x], attributes: { perm: [0, 3] }, gives: null },
    ],
    ['gives Reshape 3 sizes where it takes more', { opType: 'Reshape', inputs: [x, is(0, 0, 0, 0)], gives: null }],
    ['gives Unsqueeze 3 sizes where it takes more', { opType: 'Unsqueeze', inputs: [x, is(1, 1)], gives: null }],
    ['gives Slice 1 sizes where it takes more', { opType: 'Slice', inputs: [x, is(0, 0), is(1)], gives: null }],
    ['gives Split 1 sizes where it takes more', { opType: 'Split', inputs: [x, is(4)], gives: null, more: [[]] }],
  ])('that %s are refused', (reason, work) => {
    const { node, known } = rule(work)
    expect(() => sizesOf(node, known)).toThrow(reason)
  })
})
