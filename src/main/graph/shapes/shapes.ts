import type { NodeProto, TensorProto } from 'onnx-buf'
import type { DecoderContract } from '../contract.ts'
import { notGiven, outputOf } from '../onnx/node.ts'
import type { OnnxGraph } from '../onnx/onnx-graph.ts'
import { smallValues } from '../onnx/tensor.ts'
import { contentOf } from './content-rules.ts'
import type { Dimension } from './dimension.ts'
import { sizesOfInput } from './input-sizes.ts'
import type { Known, Shape } from './known.ts'
import { sizesOf } from './size-rules.ts'

/** What is known about sizes; `null` where nothing is. */
export interface Shapes {
  /** Sizes of a tensor. */
  readonly shapeOf: (tensor: string) => Shape | null
  /** Content of a small integer tensor that stands for sizes. */
  readonly valuesOf: (tensor: string) => Shape | null
}

/** Follows sizes through the graph by name: the surgery may only move what it can prove. What an unknown operator makes is unknown. */
export function inferShapes(graph: OnnxGraph, contract: DecoderContract): Shapes {
  const inference = new Inference(graph, contract)
  for (const node of graph.sorted()) inference.visit(node)
  return { shapeOf: inference.shape, valuesOf: inference.values }
}

class Inference implements Known {
  readonly #shapes = new Map<string, Shape>()
  readonly #values = new Map<string, Shape>()
  readonly #initializers: ReadonlyMap<string, TensorProto>
  #unknown = 0

  constructor(graph: OnnxGraph, contract: DecoderContract) {
    this.#initializers = graph.initializers
    for (const input of graph.inputs) this.#setShape(input.name, sizesOfInput(input, contract, this.fresh))
  }

  /** Adds what follows about the outputs of a node; whatever makes its inputs has been visited. */
  visit(node: NodeProto): void {
    const shapes = sizesOf(node, this)
    node.output.forEach((tensor, place) => this.#setShape(tensor, shapes[place] ?? null))
    const values = contentOf(node, this)
    if (values !== null) this.#values.set(outputOf(node), values)
  }

  readonly shape = (tensor: string): Shape | null =>
    this.#shapes.get(tensor) ?? this.#initializers.get(tensor)?.dims.map(Number) ?? null

  readonly values = (tensor: string): Shape | null => this.#values.get(tensor) ?? smallValues(this.#initializers.get(tensor))

  readonly fresh = (): Dimension => `?${this.#unknown++}`

  #setShape(tensor: string, shape: Shape | null): void {
    if (shape !== null && tensor !== notGiven) this.#shapes.set(tensor, shape)
  }
}
