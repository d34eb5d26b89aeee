import type { NodeProto } from 'onnx-buf'
import { notGiven } from '../onnx/node.ts'
import type { OnnxGraph } from '../onnx/onnx-graph.ts'

/** Who needs only the target rows of a tensor, and along which axis (counted from the last, -1). */
export class RowRequests {
  readonly #axes = new Map<string, number | 'several'>()
  readonly #readers = new Map<string, Set<NodeProto>>()

  /** Notes that a reader needs only the target rows of a tensor. */
  add(tensor: string, axis: number, reader: NodeProto): void {
    const before = this.#axes.get(tensor)
    this.#axes.set(tensor, before === undefined || before === axis ? axis : 'several')
    const readers = this.#readers.get(tensor) ?? new Set()
    this.#readers.set(tensor, readers.add(reader))
  }

  /** The axis along which every user of everything the node makes needs target rows only; `null` when one does not. */
  axisFor(node: NodeProto, graph: OnnxGraph): number | null {
    const used = node.output.filter((tensor) => tensor !== notGiven && (graph.usersOf(tensor).size > 0 || graph.isOutput(tensor)))
    const axes = new Set(used.map((tensor) => this.#axes.get(tensor)))
    const [axis] = axes
    if (axes.size !== 1 || typeof axis !== 'number') return null
    const agreed = used.every(
      (tensor) => !graph.isOutput(tensor) && [...graph.usersOf(tensor)].every((user) => this.#hasAsked(tensor, user)),
    )
    return agreed ? axis : null
  }

  #hasAsked(tensor: string, user: NodeProto): boolean {
    return this.#readers.get(tensor)?.has(user) === true
  }
}
