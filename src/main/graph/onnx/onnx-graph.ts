import { create } from '@bufbuild/protobuf'
import { GraphProtoSchema } from 'onnx-buf'
import type { GraphProto, NodeProto, TensorProto, ValueInfoProto } from 'onnx-buf'
import { element } from '../../../shared/values/element.ts'
import type { OperatorName } from '../operators.ts'
import { FLOAT } from './element-type.ts'
import { makeNode } from './node.ts'
import type { AttributeValue } from './node.ts'
import { sortNodes } from './node-order.ts'
import { tensorsReadBy } from './reads.ts'
import { Refused } from '../file/refusal.ts'
import { floatTensor, halfTensor, integerTensor } from './tensor.ts'
import { makeValueInfo } from './value-info.ts'

/** What else a new node may need. */
export interface NodeDetails {
  readonly attributes?: Readonly<Record<string, AttributeValue>>
  readonly domain?: string
  /** Names of the outputs; one fresh name unless given. */
  readonly outputs?: readonly string[]
}

/** A graph that is being rewritten: its nodes, which node makes a tensor, which nodes use it. Mutable; lives for one rewrite only. */
export class OnnxGraph {
  readonly nodes: Set<NodeProto>
  readonly initializers: Map<string, TensorProto>
  inputs: ValueInfoProto[]
  outputs: ValueInfoProto[]
  /** Version of the standard operators. */
  readonly opset: number
  readonly #makers = new Map<string, NodeProto>()
  readonly #users = new Map<string, Set<NodeProto>>()
  #fresh = 0

  /**
   * Takes the graph apart.
   * @throws Refused when two nodes make the same tensor
   */
  constructor(graph: GraphProto, opset: number) {
    this.nodes = new Set()
    this.initializers = new Map(graph.initializer.map((tensor) => [tensor.name, tensor]))
    this.inputs = graph.input.filter((input) => !this.initializers.has(input.name))
    this.outputs = [...graph.output]
    this.opset = opset
    for (const node of graph.node) this.insert(node)
  }

  /** The node that makes a tensor; none for inputs and initializers. */
  makerOf(tensor: string): NodeProto | undefined {
    return this.#makers.get(tensor)
  }

  /** The nodes that use a tensor, also from within their subgraphs. */
  usersOf(tensor: string): ReadonlySet<NodeProto> {
    return this.#users.get(tensor) ?? none
  }

  /** Whether the tensor leaves the graph. */
  isOutput(tensor: string): boolean {
    return this.outputs.some((output) => output.name === tensor)
  }

  /** Adds a finished node. */
  insert(node: NodeProto): void {
    this.nodes.add(node)
    for (const tensor of node.output) {
      if (tensor === '') continue
      if (this.#makers.has(tensor)) throw new Refused('invalid', `makes ${tensor} twice`)
      this.#makers.set(tensor, node)
    }
    for (const tensor of tensorsReadBy(node)) this.#use(tensor, node)
  }

  /** Takes a node out; its outputs have no maker until another node makes them. */
  remove(node: NodeProto): void {
    this.nodes.delete(node)
    for (const tensor of node.output) if (this.#makers.get(tensor) === node) this.#makers.delete(tensor)
    for (const tensor of tensorsReadBy(node)) this.#users.get(tensor)?.delete(node)
  }

  /** Adds an operator and returns its (first) output. */
  add(opType: OperatorName, inputs: readonly string[], { attributes = {}, domain = '', outputs }: NodeDetails = {}): string {
    const made = outputs ?? [this.freshName(opType)]
    this.insert(makeNode(opType, inputs, made, attributes, domain))
    return element(made, 0)
  }

  /** A constant vector of int64 (a scalar with `dims` = []). */
  integers(values: readonly number[], dims: readonly number[] = [values.length]): string {
    return this.#constant(integerTensor(`atman/int64/${dims.join('x')}/${values.join(',')}`, values, dims))
  }

  /** A constant float32 scalar. */
  float(value: number): string {
    return this.#constant(floatTensor(`atman/float/${value}`, [value]))
  }

  /** A constant scalar of the given element type, float or float16. */
  number(value: number, elementType: number): string {
    return elementType === FLOAT ? this.float(value) : this.#constant(halfTensor(`atman/half/${value}`, value))
  }

  /** Adds an input of the graph. */
  addInput(name: string, elemType: number, dims: readonly (number | string)[]): string {
    this.inputs.push(makeValueInfo(name, elemType, dims))
    return name
  }

  /** Lets a node read another tensor in one place. */
  rewire(node: NodeProto, place: number, tensor: string): void {
    const before = node.input[place]
    node.input[place] = tensor
    this.#use(tensor, node)
    if (before !== undefined && !tensorsReadBy(node).has(before)) this.#users.get(before)?.delete(node)
  }

  /** Lets every user of `before` read `after`, except the nodes in `but`. Captures by subgraphs are left alone. */
  redirect(before: string, after: string, but: ReadonlySet<NodeProto> = none): void {
    for (const node of [...this.usersOf(before)]) {
      if (but.has(node)) continue
      node.input.forEach((tensor, place) => tensor === before && this.rewire(node, place, after))
    }
  }

  /** A tensor name nothing else has. */
  freshName(hint: string): string {
    for (;;) {
      const name = `atman/${hint}/${this.#fresh++}`
      if (!this.#makers.has(name) && !this.initializers.has(name)) return name
    }
  }

  /**
   * Nodes in an order in which every tensor is made before it is used.
   * @throws Refused when the graph has a cycle
   */
  sorted(): NodeProto[] {
    return sortNodes(this)
  }

  /** Drops what no output needs. */
  prune(): void {
    const needed = this.#needed()
    for (const node of [...this.nodes]) if (!needed.has(node)) this.remove(node)
    for (const name of [...this.initializers.keys()]) {
      if (this.usersOf(name).size === 0 && !this.isOutput(name)) this.initializers.delete(name)
    }
  }

  /** The graph as a message again, in a valid order. */
  toProto(name: string): GraphProto {
    return create(GraphProtoSchema, {
      name,
      node: this.sorted(),
      initializer: [...this.initializers.values()],
      input: this.inputs,
      output: this.outputs,
    })
  }

  /** The nodes that some output depends on. */
  #needed(): Set<NodeProto> {
    const needed = new Set<NodeProto>()
    const open = this.outputs.map((output) => output.name)
    for (let tensor = open.pop(); tensor !== undefined; tensor = open.pop()) {
      const maker = this.makerOf(tensor)
      if (maker === undefined || needed.has(maker)) continue
      needed.add(maker)
      open.push(...tensorsReadBy(maker))
    }
    return needed
  }

  #constant(tensor: TensorProto): string {
    if (!this.initializers.has(tensor.name)) this.initializers.set(tensor.name, tensor)
    return tensor.name
  }

  #use(tensor: string, node: NodeProto): void {
    const users = this.#users.get(tensor)
    if (users === undefined) this.#users.set(tensor, new Set([node]))
    else users.add(node)
  }
}

const none: ReadonlySet<NodeProto> = new Set()
