import { clone, create, toBinary } from '@bufbuild/protobuf'
import { GraphProtoSchema, ModelProtoSchema, OperatorSetIdProtoSchema } from 'onnx-buf'
import type { ModelProto, NodeProto, TensorProto } from 'onnx-buf'
import { makeNode } from '../../../../src/main/graph/onnx/node.ts'
import { floatTensor, integerTensor } from '../../../../src/main/graph/onnx/tensor.ts'
import { makeValueInfo } from '../../../../src/main/graph/onnx/value-info.ts'
import type { AttributeValue } from '../../../../src/main/graph/onnx/node.ts'
import { randomFloats } from './decoder-run.ts'

/** Sizes of the one-layer decoder. */
export const sizes = { hidden: 12, heads: 4, keyHeads: 2, size: 16, vocabulary: 11 } as const

/** What the layer's attention is made of. */
export interface Layer {
  /** Makes `attended [batch, new, heads*size]` and the present from `q`, `k`, `v [batch, new, ...]` and the past. */
  readonly nodes: readonly NodeProto[]
  readonly initializers?: readonly TensorProto[]
  readonly opset?: number
  /** Heads of keys and values; all by default. */
  readonly keyHeads?: number
}

/** A decoder of one layer: projections, the given attention, a residual and a head. */
export function syntheticDecoder({ nodes, initializers = [], opset = 17, keyHeads = sizes.heads }: Layer): ModelProto {
  const { hidden, heads, size, vocabulary } = sizes
  const weight = (name: string, rows: number, columns: number, seed: number): TensorProto =>
    floatTensor(name, [...randomFloats(rows * columns, seed)], [rows, columns])
  const cache = (name: string, length: string) => makeValueInfo(name, 1, ['batch_size', keyHeads, length, size])
  const graph = create(GraphProtoSchema, {
    name: 'synthetic',
    node: [
      makeNode('MatMul', ['inputs_embeds', 'wq'], ['q']),
      makeNode('MatMul', ['inputs_embeds', 'wk'], ['k']),
      makeNode('MatMul', ['inputs_embeds', 'wv'], ['v']),
      ...nodes,
      makeNode('MatMul', ['attended', 'wo'], ['projected']),
      makeNode('Add', ['projected', 'inputs_embeds'], ['residual']),
      makeNode('MatMul', ['residual', 'head'], ['logits']),
    ],
    initializer: [
      weight('wq', hidden, heads * size, 1),
      weight('wk', hidden, keyHeads * size, 2),
      weight('wv', hidden, keyHeads * size, 3),
      weight('wo', heads * size, hidden, 4),
      weight('head', hidden, vocabulary, 5),
      ...initializers,
    ],
    input: [
      makeValueInfo('inputs_embeds', 1, ['batch_size', 'sequence_length', hidden]),
      makeValueInfo('attention_mask', 7, ['batch_size', 'total_sequence_length']),
      cache('past_key_values.0.key', 'past_sequence_length'),
      cache('past_key_values.0.value', 'past_sequence_length'),
    ],
    output: [
      makeValueInfo('logits', 1, ['batch_size', 'sequence_length', vocabulary]),
      cache('present.0.key', 'total_sequence_length'),
      cache('present.0.value', 'total_sequence_length'),
    ],
  })
  const opsets = [
    create(OperatorSetIdProtoSchema, { domain: '', version: BigInt(opset) }),
    create(OperatorSetIdProtoSchema, { domain: 'com.microsoft', version: 1n }),
  ]
  // A copy, since surgery changes nodes in place and a layer is used many times.
  return clone(ModelProtoSchema, create(ModelProtoSchema, { irVersion: 10n, opsetImport: opsets, graph }))
}

/** A model as a file's bytes. */
export function bytesOf(model: ModelProto): Uint8Array {
  return toBinary(ModelProtoSchema, model)
}

/** Attention in standard operators: causal mask added, scale, softmax. */
export const explicitLayer: Layer = {
  nodes: [
    ...['q', 'k', 'v'].flatMap((name) => [
      makeNode('Reshape', [name, 'split'], [`${name}4`]),
      makeNode('Transpose', [`${name}4`], [`${name}h`], { perm: [0, 2, 1, 3] }),
    ]),
    makeNode('Concat', ['past_key_values.0.key', 'kh'], ['present.0.key'], { axis: 2 }),
    makeNode('Concat', ['past_key_values.0.value', 'vh'], ['present.0.value'], { axis: 2 }),
    makeNode('Transpose', ['present.0.key'], ['kt'], { perm: [0, 1, 3, 2] }),
    makeNode('MatMul', ['qh', 'kt'], ['product']),
    makeNode('Mul', ['product', 'scale'], ['scaled']),
    ...causalMask(),
    makeNode('Add', ['scaled', 'mask'], ['masked']),
    makeNode('Softmax', ['masked'], ['weights'], { axis: -1 }),
    makeNode('MatMul', ['weights', 'present.0.value'], ['mixed']),
    makeNode('Transpose', ['mixed'], ['mixed4'], { perm: [0, 2, 1, 3] }),
    makeNode('Reshape', ['mixed4', 'merge'], ['attended']),
  ],
  initializers: [
    integerTensor('split', [0, 0, sizes.heads, sizes.size]),
    integerTensor('merge', [0, 0, sizes.heads * sizes.size]),
    floatTensor('scale', [1 / Math.sqrt(sizes.size)]),
    ...causalConstants(),
  ],
}

/** `mask [1, 1, new, keys]`: 0 where a key is visible, the lowest number elsewhere; `visible` the same as booleans. */
function causalMask(): NodeProto[] {
  const count = (tensor: string, axis: number, name: string): NodeProto[] => [
    makeNode('Shape', [tensor], [`${name}Shape`], { start: axis, end: axis + 1 }),
    makeNode('Squeeze', [`${name}Shape`], [name]),
  ]
  return [
    ...count('inputs_embeds', 1, 'fresh'),
    ...count('attention_mask', 1, 'keys'),
    makeNode('Sub', ['keys', 'fresh'], ['past']),
    makeNode('Range', ['zero', 'fresh', 'one'], ['counted']),
    makeNode('Add', ['counted', 'past'], ['rows']),
    makeNode('Unsqueeze', ['rows', 'axis1'], ['rowColumn']),
    makeNode('Range', ['zero', 'keys', 'one'], ['columns']),
    makeNode('LessOrEqual', ['columns', 'rowColumn'], ['order']),
    makeNode('Unsqueeze', ['order', 'axes01'], ['visible']),
    makeNode('Where', ['visible', 'nothing', 'lowest'], ['mask']),
  ]
}

/** What {@link causalMask} needs. */
function causalConstants(): TensorProto[] {
  return [
    integerTensor('zero', [0], []),
    integerTensor('one', [1], []),
    integerTensor('axis1', [1]),
    integerTensor('axes01', [0, 1]),
    floatTensor('nothing', [0]),
    floatTensor('lowest', [-3.4028234663852886e38]),
  ]
}

/** Attention by ONNX Runtime's GroupQueryAttention. */
export function groupedLayer(
  attributes: Readonly<Record<string, AttributeValue>>,
  more: { packed?: boolean; rotary?: boolean; positions?: boolean; bias?: boolean; sink?: boolean } = {},
): Layer {
  const { heads, keyHeads, size } = sizes
  const rotary = more.rotary === true ? ['cosines', 'sines'] : ['', '']
  const inputs = [
    ...(more.packed === true ? ['packed', '', ''] : ['q', 'k', 'v']),
    ...['past_key_values.0.key', 'past_key_values.0.value', 'lengths', 'total'],
    ...rotary,
    more.positions === true ? 'positionIds' : '',
    more.bias === true ? 'scoreBias' : '',
    more.sink === true ? 'sink' : '',
  ]
  const used = inputs.slice(0, inputs.findLastIndex((input) => input !== '') + 1)
  const angles = Array.from({ length: 32 * 8 }, (_, index) => Math.floor(index / 8) / 3 ** (index % 8))
  return {
    keyHeads,
    nodes: [
      makeNode('Concat', ['q', 'k', 'v'], ['packed'], { axis: -1 }),
      makeNode('ReduceSum', ['attention_mask', 'axis1'], ['visibleCount'], { keepdims: 0 }),
      makeNode('Sub', ['visibleCount', 'one'], ['lastKey']),
      makeNode('Cast', ['lastKey'], ['lengths'], { to: 6 }),
      ...causalMask(),
      makeNode('Cast', ['keys'], ['total'], { to: 6 }),
      makeNode('Shape', ['inputs_embeds'], ['batchAndNew'], { end: 2 }),
      makeNode('Expand', ['rows', 'batchAndNew'], ['positionIds']),
      makeNode('Cast', ['order'], ['orderNumbers'], { to: 1 }),
      makeNode('Cast', ['columns'], ['columnNumbers'], { to: 1 }),
      makeNode('Sin', ['columnNumbers'], ['waves']),
      makeNode('Mul', ['orderNumbers', 'waves'], ['flatBias']),
      makeNode('Unsqueeze', ['flatBias', 'axes01'], ['scoreBias']),
      makeNode(
        'GroupQueryAttention',
        used,
        ['attended', 'present.0.key', 'present.0.value'],
        { num_heads: heads, kv_num_heads: keyHeads, ...(more.rotary === true ? { do_rotary: 1 } : {}), ...attributes },
        'com.microsoft',
      ),
    ],
    initializers: [
      ...causalConstants(),
      floatTensor('cosines', angles.map(Math.cos), [32, size / 2]),
      floatTensor('sines', angles.map(Math.sin), [32, size / 2]),
      floatTensor('sink', [0.5, -1, 2, 0], [heads]),
    ],
  }
}

/** Attention by ONNX Runtime's MultiHeadAttention. */
export function multiHeadLayer(
  attributes: Readonly<Record<string, AttributeValue>>,
  more: { biases?: boolean; padding?: boolean; bias?: boolean } = {},
): Layer {
  const { heads, size } = sizes
  const inputs = [
    'q',
    'k',
    'v',
    more.biases === true ? 'biases' : '',
    more.padding === true ? 'padding' : '',
    more.bias === true ? 'mask' : '',
  ]
  return {
    nodes: [
      ...causalMask(),
      makeNode('Cast', ['attention_mask'], ['padding'], { to: 6 }),
      makeNode(
        'MultiHeadAttention',
        [...inputs, 'past_key_values.0.key', 'past_key_values.0.value'],
        ['attended', 'present.0.key', 'present.0.value'],
        { num_heads: heads, ...attributes },
        'com.microsoft',
      ),
    ],
    initializers: [...causalConstants(), floatTensor('biases', [...randomFloats(3 * heads * size, 6)], [3 * heads * size])],
  }
}

/** Attention by the standard operator, with queries, keys and values of rank 3 or 4. */
export function standardLayer(
  attributes: Readonly<Record<string, AttributeValue>>,
  more: { rank?: 3 | 4; mask?: 'visible' | 'mask'; opset?: number } = {},
): Layer {
  const { heads, keyHeads, size } = sizes
  const split = more.rank === 4
  const inputs = [
    ...(split ? ['qh', 'kh', 'vh'] : ['q', 'k', 'v']),
    more.mask ?? '',
    'past_key_values.0.key',
    'past_key_values.0.value',
  ]
  const attended = split ? 'mixed' : 'attended'
  return {
    keyHeads,
    opset: more.opset ?? 23,
    nodes: [
      ...causalMask(),
      ...(split
        ? ['q', 'k', 'v'].flatMap((name) => [
            makeNode('Reshape', [name, name === 'q' ? 'split' : 'splitKeys'], [`${name}4`]),
            makeNode('Transpose', [`${name}4`], [`${name}h`], { perm: [0, 2, 1, 3] }),
          ])
        : []),
      makeNode('Attention', inputs, [attended, 'present.0.key', 'present.0.value'], {
        ...(split ? {} : { q_num_heads: heads, kv_num_heads: keyHeads }),
        ...attributes,
      }),
      ...(split
        ? [
            makeNode('Transpose', ['mixed'], ['mixed4'], { perm: [0, 2, 1, 3] }),
            makeNode('Reshape', ['mixed4', 'merge'], ['attended']),
          ]
        : []),
    ],
    initializers: [
      ...causalConstants(),
      integerTensor('split', [0, 0, heads, size]),
      integerTensor('splitKeys', [0, 0, keyHeads, size]),
      integerTensor('merge', [0, 0, heads * size]),
    ],
  }
}
