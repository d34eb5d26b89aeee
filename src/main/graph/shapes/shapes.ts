import type { NodeProto, TensorProto } from 'onnx-buf'
import { difference, product, quotient, sum } from './dimension.ts'
import type { Dimension } from './dimension.ts'
import type { DecoderContract } from '../contract.ts'
import type { OnnxGraph } from '../file/onnx-graph.ts'
import { declaredShape, integerAttribute, integersAttribute, smallValues } from '../file/protobuf.ts'

/** Sizes of a tensor, outermost first. */
export type Shape = readonly Dimension[]

/** What is known about sizes. */
export interface Shapes {
  /** Sizes of a tensor; `null` where not even their number is known. */
  readonly shapeOf: (tensor: string) => Shape | null
  /** Content of a small integer tensor (rank 0 or 1), as far as it stands for sizes; `null` where unknown. */
  readonly valuesOf: (tensor: string) => Shape | null
}

/**
 * Follows sizes through the graph by name: the surgery may only move what it can prove. What an unknown operator makes is unknown.
 */
export function inferShapes(graph: OnnxGraph, contract: DecoderContract): Shapes {
  const inference = new Inference(graph, contract)
  for (const node of graph.sorted()) inference.visit(node)
  return { shapeOf: (tensor) => inference.shape(tensor), valuesOf: (tensor) => inference.values(tensor) }
}

type Rule = (node: NodeProto, known: Inference) => readonly (Shape | null)[]

class Inference {
  readonly #shapes = new Map<string, Shape>()
  readonly #values = new Map<string, Shape>()
  readonly #initializers: ReadonlyMap<string, TensorProto>
  #unknown = 0

  constructor(graph: OnnxGraph, contract: DecoderContract) {
    this.#initializers = graph.initializers
    for (const input of graph.inputs) {
      const declared = declaredShape(input)
      const promised = inputShape(input.name, contract)
      // Positions of several kinds (rows, columns, time) have an axis more.
      const agreed =
        declared === null || promised?.length === declared.length
          ? promised?.map((size, axis) => fixedSize(declared?.[axis]) ?? size)
          : null
      const sizes = agreed ?? declared?.map((size) => size ?? this.fresh())
      if (sizes !== undefined) this.#shapes.set(input.name, sizes)
    }
  }

  visit(node: NodeProto): void {
    const shapes = (node.domain === '' || node.domain === 'com.microsoft' ? rules[node.opType] : undefined)?.(node, this) ?? []
    node.output.forEach((tensor, place) => {
      const shape = shapes[place]
      if (shape !== null && shape !== undefined) this.#shapes.set(tensor, shape)
    })
    const values = valueRules[node.opType]?.(node, this)
    if (values !== null && values !== undefined) this.#values.set(node.output[0] ?? '', values)
  }

  shape(tensor: string | undefined): Shape | null {
    if (tensor === undefined) return null
    return this.#shapes.get(tensor) ?? this.#initializers.get(tensor)?.dims.map(Number) ?? null
  }

  values(tensor: string | undefined): Shape | null {
    if (tensor === undefined) return null
    return this.#values.get(tensor) ?? smallValues(this.#initializers.get(tensor))
  }

  fresh(): Dimension {
    return `?${this.#unknown++}`
  }
}

/** A size the graph itself fixes: a batch of one, where the first block is shared. */
function fixedSize(size: number | string | null | undefined): number | null {
  return typeof size === 'number' ? size : null
}

function inputShape(name: string, { inputs, keyValueHeads, headSize, hiddenSize }: DecoderContract): Shape | null {
  if (name === inputs.embeddings) return ['batch', 'new', hiddenSize]
  if (name === inputs.attentionMask) return ['batch', 'keys']
  if (name === inputs.positionIds) return ['batch', 'new']
  if (inputs.past.some(({ key, value }) => name === key || name === value)) return ['batch', keyValueHeads, 'past', headSize]
  return null
}

const same: Rule = (node, known) => [known.shape(node.input[0])]

const broadcast: Rule = (node, known) => {
  const shapes = node.input.map((tensor) => known.shape(tensor))
  const sizes = shapes.filter((shape) => shape !== null)
  if (sizes.length < shapes.length) return [null]
  return [broadcastShapes(sizes, known)]
}

function broadcastShapes(shapes: readonly Shape[], known: Inference): Shape {
  const rank = Math.max(...shapes.map((shape) => shape.length))
  return Array.from({ length: rank }, (_, axis) => {
    const sizes = new Set(shapes.map((shape) => shape.at(axis - rank) ?? 1).filter((size) => size !== 1))
    if (sizes.size <= 1) return [...sizes][0] ?? 1
    // A size above 1 decides; of two names one may stand for 1, so nothing is known.
    return [...sizes].find((size) => typeof size === 'number') ?? known.fresh()
  })
}

const matMul: Rule = (node, known) => {
  const left = known.shape(node.input[0])
  const right = known.shape(node.input[1])
  if (left === null || right === null || left.length < 2 || right.length < 2) return [null]
  const rows = integerAttribute(node, 'transA', 0) === 1 ? left.at(-1) : left.at(-2)
  const columns = integerAttribute(node, 'transB', 0) === 1 ? right.at(-2) : right.at(-1)
  return [[...broadcastShapes([left.slice(0, -2), right.slice(0, -2)], known), rows ?? 1, columns ?? 1]]
}

const transpose: Rule = (node, known) => {
  const shape = known.shape(node.input[0])
  const order = integersAttribute(node, 'perm')
  return [shape && (order === null ? shape.toReversed() : order.map((axis) => shape[axis] ?? known.fresh()))]
}

const reshape: Rule = (node, known) => {
  const shape = known.shape(node.input[0])
  const wanted = known.values(node.input[1])
  if (wanted === null) {
    const rank = known.shape(node.input[1])?.[0]
    return [typeof rank === 'number' ? Array.from({ length: rank }, () => known.fresh()) : null]
  }
  const copies = integerAttribute(node, 'allowzero', 0) === 0
  const sizes = wanted.map((size, axis) => (size === 0 && copies ? (shape?.[axis] ?? known.fresh()) : size))
  const others = product(sizes.filter((size) => size !== -1))
  return [sizes.map((size) => (size === -1 ? ((shape && quotient(product(shape), others)) ?? known.fresh()) : size))]
}

const unsqueeze: Rule = (node, known) => {
  const shape = known.shape(node.input[0])
  const axes = axesOf(node, known)
  if (shape === null || axes === null) return [null]
  const rank = shape.length + axes.length
  const inserted = new Set(axes.map((axis) => (axis < 0 ? axis + rank : axis)))
  const rest = [...shape]
  return [Array.from({ length: rank }, (_, axis) => (inserted.has(axis) ? 1 : (rest.shift() ?? 1)))]
}

const squeeze: Rule = (node, known) => {
  const shape = known.shape(node.input[0])
  if (shape === null) return [null]
  const axes = axesOf(node, known)
  if (axes === null && shape.some((size) => typeof size === 'string')) return [null]
  const dropped = new Set(axes?.map((axis) => (axis < 0 ? axis + shape.length : axis)))
  return [shape.filter((size, axis) => (axes === null ? size !== 1 : !dropped.has(axis)))]
}

/** Axes given as an attribute (older operators) or as an input. */
function axesOf(node: NodeProto, known: Inference): number[] | null {
  return integersAttribute(node, 'axes') ?? numbers(known.values(node.input[1]))
}

function numbers(values: Shape | null): number[] | null {
  return values?.every((value) => typeof value === 'number') === true ? [...values] : null
}

const expand: Rule = (node, known) => {
  const shape = known.shape(node.input[0])
  const wanted = known.values(node.input[1])
  return [shape && wanted && broadcastShapes([shape, wanted], known)]
}

const concat: Rule = (node, known) => {
  const shapes = node.input.map((tensor) => known.shape(tensor)).filter((shape) => shape !== null)
  const first = shapes[0]
  if (first === undefined || shapes.length < node.input.length) return [null]
  const axis = (integerAttribute(node, 'axis', 0) + first.length) % first.length
  const joined = shapes.reduce<Dimension | null>((total, shape) => (total === null ? null : sum(total, shape[axis] ?? 0)), 0)
  return [first.map((size, index) => (index === axis ? (joined ?? known.fresh()) : size))]
}

const slice: Rule = (node, known) => {
  const shape = known.shape(node.input[0])
  const [starts, ends, axes, steps] = [1, 2, 3, 4].map((place) => numbers(known.values(node.input[place])))
  if (shape === null) return [null]
  if (!starts || !ends) return [shape.map(() => known.fresh())]
  const sizes = [...shape]
  starts.forEach((start, index) => {
    const axis = ((axes?.[index] ?? index) + shape.length) % shape.length
    sizes[axis] = slicedSize(shape[axis] ?? 0, start, ends[index] ?? 0, steps?.[index] ?? 1) ?? known.fresh()
  })
  return [sizes]
}

function slicedSize(size: Dimension, start: number, end: number, step: number): Dimension | null {
  if (typeof size === 'string') {
    if (start !== 0 || step !== 1) return null
    return end < 0 ? difference(size, -end) : end >= 2 ** 31 - 1 ? size : null
  }
  if (step < 1) return null
  const clamp = (place: number): number => Math.min(size, Math.max(0, place < 0 ? place + size : place))
  return Math.max(0, Math.ceil((clamp(end) - clamp(start)) / step))
}

const split: Rule = (node, known) => {
  const shape = known.shape(node.input[0])
  if (shape === null) return []
  const axis = (integerAttribute(node, 'axis', 0) + shape.length) % shape.length
  const parts = integersAttribute(node, 'split') ?? numbers(known.values(node.input[1]))
  const even = quotient(shape[axis] ?? 0, node.output.length)
  return node.output.map((_, place) =>
    shape.map((size, index) => (index === axis ? (parts?.[place] ?? even ?? known.fresh()) : size)),
  )
}

const gather: Rule = (node, known) => {
  const shape = known.shape(node.input[0])
  const indices = known.shape(node.input[1])
  if (shape === null || indices === null) return [null]
  const axis = (integerAttribute(node, 'axis', 0) + shape.length) % shape.length
  return [[...shape.slice(0, axis), ...indices, ...shape.slice(axis + 1)]]
}

const reduce: Rule = (node, known) => {
  const shape = known.shape(node.input[0])
  const axes = axesOf(node, known)
  if (shape === null || axes === null) return [null]
  const reduced = new Set(axes.map((axis) => (axis + shape.length) % shape.length))
  if (integerAttribute(node, 'keepdims', 1) === 1) return [shape.map((size, axis) => (reduced.has(axis) ? 1 : size))]
  return [shape.filter((_, axis) => !reduced.has(axis))]
}

const shapeOperator: Rule = (node, known) => {
  const values = valueRules['Shape']?.(node, known)
  return [values ? [values.length] : [known.fresh()]]
}

const everywhere = ['SkipLayerNormalization', 'SkipSimplifiedLayerNormalization']

const rules: Readonly<Record<string, Rule>> = {
  ...named(same, [
    'Cast Identity Tanh Sigmoid Gelu FastGelu QuickGelu BiasGelu Relu Erf Sqrt Reciprocal Neg Exp Log Abs Not IsNaN Clip Sin Cos Softplus',
    'Softmax LogSoftmax LayerNormalization RMSNormalization SimplifiedLayerNormalization Floor Ceil Round Elu LeakyRelu HardSigmoid HardSwish',
    'RotaryEmbedding Trilu CumSum Dropout Mish Sign Swish',
  ]),
  ...named(broadcast, ['Add Sub Mul Div Pow Where Max Min Sum And Or Xor Less LessOrEqual Greater GreaterOrEqual Equal Mod']),
  ...named(reduce, ['ReduceMin ReduceMax ReduceMean ReduceSum ReduceProd ReduceSumSquare ReduceL2 ReduceLogSumExp']),
  ...named(
    (node, known) => node.output.map((_, place) => (place === 0 || place === 3 ? known.shape(node.input[0]) : null)),
    everywhere,
  ),
  ...named(matMul, ['MatMul FusedMatMul Gemm MatMulInteger']),
  Attention: (node, known) => {
    const [queries, , values] = node.input.map((tensor) => known.shape(tensor))
    const width = values?.at(-1)
    if (!queries || width === undefined) return [null]
    if (queries.length === 4) return [queries.with(-1, width)]
    const size = quotient(width, integerAttribute(node, 'kv_num_heads', 1))
    return [size === null ? null : queries.with(-1, product([size, integerAttribute(node, 'q_num_heads', 1)]))]
  },
  GroupQueryAttention: (node, known) => {
    const size = known.shape(node.input[3])?.[3]
    const rows = known.shape(node.input[0])
    return [rows && size !== undefined ? rows.with(-1, product([size, integerAttribute(node, 'num_heads', 1)])) : null]
  },
  MultiHeadAttention: (node, known) => [known.shape(node.input[2])?.length === 3 ? known.shape(node.input[0]) : null],
  MatMulNBits: (node, known) => [known.shape(node.input[0])?.with(-1, integerAttribute(node, 'N', 0)) ?? null],
  Transpose: transpose,
  Reshape: reshape,
  Unsqueeze: unsqueeze,
  Squeeze: squeeze,
  Expand: expand,
  Concat: concat,
  Slice: slice,
  Split: split,
  Gather: gather,
  GatherElements: (node, known) => [known.shape(node.input[1])],
  // Coordinates in the last axis of the indices each pick what lies under them.
  GatherND: (node, known) => {
    const [data, indices] = [known.shape(node.input[0]), known.shape(node.input[1])]
    const depth = indices?.at(-1)
    if (!data || !indices || typeof depth !== 'number' || integerAttribute(node, 'batch_dims', 0) !== 0) return [null]
    return [[...indices.slice(0, -1), ...data.slice(depth)]]
  },
  Shape: shapeOperator,
  ConstantOfShape: (node, known) => [known.values(node.input[0])],
  Range: (node, known) => [[rangeLength(node, known)]],
  Tile: (node, known) => {
    const times = known.values(node.input[1])
    return [known.shape(node.input[0])?.map((size, axis) => product([size, times?.[axis] ?? known.fresh()])) ?? null]
  },
}

function named(rule: Rule, lists: readonly string[]): Record<string, Rule> {
  return Object.fromEntries(lists.flatMap((list) => list.split(' ')).map((opType) => [opType, rule]))
}

function rangeLength(node: NodeProto, known: Inference): Dimension {
  const [start, end, step] = node.input.map((tensor) => known.values(tensor)?.[0])
  if (start === undefined || end === undefined || step !== 1) return known.fresh()
  return difference(end, start) ?? known.fresh()
}

const elementwise =
  (combine: (left: Dimension, right: Dimension) => Dimension | null) =>
  (node: NodeProto, known: Inference): Shape | null => {
    const left = known.values(node.input[0])
    const right = known.values(node.input[1])
    if (left === null || right === null || (left.length !== right.length && left.length !== 1 && right.length !== 1)) return null
    const length = Math.max(left.length, right.length)
    const results = Array.from({ length }, (_, place) =>
      combine(left[left.length === 1 ? 0 : place] ?? 0, right[right.length === 1 ? 0 : place] ?? 0),
    )
    return results.every((result) => result !== null) ? results : null
  }

const valueOfFirst = (node: NodeProto, known: Inference): Shape | null => known.values(node.input[0])

const valueRules: Readonly<Record<string, (node: NodeProto, known: Inference) => Shape | null>> = {
  Shape: (node, known) => {
    const shape = known.shape(node.input[0])
    const end = integerAttribute(node, 'end', shape?.length ?? 0)
    return shape?.slice(integerAttribute(node, 'start', 0), end) ?? null
  },
  Gather: (node, known) => {
    const values = known.values(node.input[0])
    const places = numbers(known.values(node.input[1]))
    const picked = places?.map((place) => values?.at(place))
    return picked?.every((value) => value !== undefined) === true ? picked : null
  },
  Slice: (node, known) => {
    const values = known.values(node.input[0])
    const [starts, ends, , steps] = [1, 2, 3, 4].map((place) => numbers(known.values(node.input[place])))
    if (values === null || starts?.length !== 1 || ends?.length !== 1 || (steps?.[0] ?? 1) !== 1) return null
    return values.slice(Math.max(starts[0] ?? 0, -values.length), ends[0])
  },
  Concat: (node, known) => {
    const parts = node.input.map((tensor) => known.values(tensor))
    return parts.every((part) => part !== null) ? parts.flat() : null
  },
  ...Object.fromEntries(['Squeeze', 'Unsqueeze', 'Cast', 'Identity', 'Reshape'].map((opType) => [opType, valueOfFirst])),
  Add: elementwise(sum),
  Sub: elementwise(difference),
  Mul: elementwise((left, right) => product([left, right])),
  Div: elementwise(quotient),
}
