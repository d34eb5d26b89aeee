import { clone, create, toBinary } from '@bufbuild/protobuf'
import { GraphProtoSchema, ModelProtoSchema, OperatorSetIdProtoSchema } from 'onnx-buf'
import type { GraphProto, ModelProto, NodeProto, TensorProto } from 'onnx-buf'
import type { DecoderContract } from '../../../../src/main/graph/contract.ts'
import { makeNode } from '../../../../src/main/graph/onnx/node.ts'
import { makeValueInfo } from '../../../../src/main/graph/onnx/value-info.ts'
import { OnnxGraph } from '../../../../src/main/graph/onnx/onnx-graph.ts'
import { integerTensor } from '../../../../src/main/graph/onnx/tensor.ts'
import type { Known, Shape } from '../../../../src/main/graph/shapes/known.ts'
import type { Dimension } from '../../../../src/main/graph/shapes/dimension.ts'
import type { FloatTensor, Tensor } from '../../../../src/main/engine/runtime/session.ts'
import { float, openAsIs, randomFloats } from './decoder-run.ts'

/** What the names of sizes stand for when a small graph is run. */
const concrete: Readonly<Record<string, number>> = { batch: 2, new: 3, past: 2, keys: 5 }

/** A named size as a number: `4*batch` is 8, `keys+1` is 6. */
export function numberOf(size: Dimension): number {
  if (typeof size === 'number') return size
  const sum = size.split('+').map((term) => term.split('*').reduce((product, factor) => product * factorOf(factor), 1))
  return sum.reduce((left, right) => left + right)
}

function factorOf(factor: string): number {
  const known = /^\d+$/.test(factor) ? Number(factor) : concrete[factor]
  if (known === undefined) throw new Error(`nothing is known of the size ${factor}`)
  return known
}

/** Knowledge of some tensors, for one rule at a time; unknown sizes are numbered as they are asked for. */
export function knowing(shapes: Readonly<Record<string, Shape>>, values: Readonly<Record<string, Shape>> = {}): Known {
  let unknown = 0
  return { shape: (name) => shapes[name] ?? null, values: (name) => values[name] ?? null, fresh: () => `?${unknown++}` }
}

/** A graph of a few nodes: its inputs with their sizes, its constants, its outputs. */
export interface SmallGraph {
  readonly inputs: Readonly<Record<string, Shape>>
  readonly constants?: readonly TensorProto[]
  readonly nodes: readonly NodeProto[]
  readonly outputs: readonly string[]
  /** Type of an input where it is not float. */
  readonly types?: Readonly<Record<string, number>>
}

/** The graph as a message; nodes are copied, for surgery changes them in place. */
export function protoOf({ inputs, constants = [], nodes, outputs, types = {} }: SmallGraph): GraphProto {
  const graph = create(GraphProtoSchema, {
    name: 'small',
    node: [...nodes],
    initializer: [...constants],
    input: Object.entries(inputs).map(([name, shape]) => makeValueInfo(name, types[name] ?? 1, shape)),
    output: outputs.map(floatOutput),
  })
  return clone(GraphProtoSchema, graph)
}

/** The graph ready for surgery. */
export function openSmall(graph: SmallGraph, opset = 21): OnnxGraph {
  return new OnnxGraph(protoOf(graph), opset)
}

/** A model of one graph. */
export function modelOf(graph: GraphProto, opset = 21): ModelProto {
  const opsetImport = [
    create(OperatorSetIdProtoSchema, { domain: '', version: BigInt(opset) }),
    create(OperatorSetIdProtoSchema, { domain: 'com.microsoft', version: 1n }),
  ]
  return create(ModelProtoSchema, { irVersion: 10n, opsetImport, graph })
}

/**
 * Runs a graph in ONNX Runtime and gives its outputs as floats, whatever their type. Float inputs are random, the same for the same name; integer inputs
 * are given.
 */
export async function run(
  graph: GraphProto,
  sizes: Readonly<Record<string, Shape>>,
  given: Readonly<Record<string, Tensor>> = {},
  opset = 21,
): Promise<FloatTensor[]> {
  const outputs = graph.output.map(({ name }) => name)
  const casts = outputs.map((name) => makeNode('Cast', [name], [`${name}/float`], { to: 1 }))
  const copy = clone(GraphProtoSchema, graph)
  copy.node.push(...casts)
  copy.output = outputs.map((name) => floatOutput(`${name}/float`))
  const session = await openAsIs(toBinary(ModelProtoSchema, modelOf(copy, opset)))
  const feeds = Object.fromEntries(graph.input.map(({ name }) => [name, given[name] ?? randomTensor(name, sizes[name] ?? [])]))
  const names = outputs.map((name) => `${name}/float`)
  const results = await session.run(feeds, names)
  await session.release()
  return names.map((name) => results[name] as FloatTensor)
}

/** An output of floats of any rank. */
function floatOutput(name: string): GraphProto['output'][number] {
  const info = makeValueInfo(name, 1, [])
  if (info.type?.value.case === 'tensorType') delete info.type.value.value.shape
  return info
}

function randomTensor(name: string, shape: Shape): Tensor {
  const sizes = shape.map(numberOf)
  const seed = [...new TextEncoder().encode(name)].reduce((sum, byte) => 31 * sum + byte, 7)
  return float(
    randomFloats(
      sizes.reduce((product, size) => product * size, 1),
      seed,
    ),
    ...sizes,
  )
}

/** Whole numbers as a tensor of the graph. */
export function whole(values: readonly number[], ...shape: number[]): Tensor {
  return { kind: 'integer', shape, data: BigInt64Array.from(values, BigInt) }
}

/** A list of whole numbers as a constant. */
export const list = (name: string, ...values: number[]): TensorProto => integerTensor(name, values)

/** What a decoder of these tests promises: `x [batch, new, 4]`, `mask [batch, keys]`, `ids [batch, new]`, past keys and values of 2 heads of 4. */
export const contract: DecoderContract = {
  inputs: {
    embeddings: 'x',
    attentionMask: 'mask',
    positionIds: 'ids',
    numLogitsToKeep: null,
    past: [{ key: 'pastKey', value: 'pastValue' }],
  },
  outputs: { logits: 'logits', present: [{ key: 'presentKey', value: 'presentValue' }] },
  keyValueHeads: 2,
  headSize: 4,
  hiddenSize: 4,
  vocabularySize: 5,
  elementType: 1,
}
