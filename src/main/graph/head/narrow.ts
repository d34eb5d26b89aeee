import type { NodeProto } from 'onnx-buf'
import type { OnnxGraph } from '../file/onnx-graph.ts'
import { narrowing } from './narrowing-rules.ts'
import type { Narrowing } from './narrowing-rules.ts'
import type { Shapes } from '../shapes/shapes.ts'

/**
 * Pushes the choice of target rows from the end of the graph up to where rows mix: through head, norm, and the last block down to
 * its queries, so that only target rows are computed there (method, section 4.3). A tensor that something else needs whole, or that
 * an unknown operator makes, gets its rows chosen right there: never wrong, only slower.
 * @param gather chooses rows `gather.input[1]` of the second-last axis of `gather.input[0]`
 */
export function narrow(graph: OnnxGraph, shapes: Shapes, gather: NodeProto): void {
  const [whole = '', positions = ''] = gather.input
  const chosen = gather.output[0] ?? ''
  if (shapes.shapeOf(whole)?.at(-2) !== 'new') return
  const wishes = new Wishes()
  wishes.add(whole, -2, gather)
  const plans = planBackwards(graph, shapes, wishes)
  const leaves = new Map<string, string>()
  for (const [node, plan] of plans) {
    plan.apply?.(graph)
    plan.reads.forEach((axis, place) => {
      const tensor = node.input[place] ?? ''
      const maker = graph.makerOf(tensor)
      if (maker === undefined || !plans.has(maker)) graph.rewire(node, place, leaf(graph, leaves, tensor, positions, axis))
    })
  }
  const maker = graph.makerOf(whole)
  if (maker !== undefined && plans.has(maker)) {
    graph.remove(gather)
    graph.redirect(chosen, whole)
  }
}

/** From the end to the beginning, so that all readers of a tensor have spoken before its maker is asked. */
function planBackwards(graph: OnnxGraph, shapes: Shapes, wishes: Wishes): Map<NodeProto, Narrowing> {
  const plans = new Map<NodeProto, Narrowing>()
  for (const node of graph.sorted().reverse()) {
    const axis = wishes.axisFor(node, graph)
    const plan = axis === null ? null : narrowing(node, axis, shapes)
    if (plan === null) continue
    plans.set(node, plan)
    plan.reads.forEach((inputAxis, place) => wishes.add(node.input[place] ?? '', inputAxis, node))
  }
  return plans
}

function leaf(graph: OnnxGraph, leaves: Map<string, string>, tensor: string, positions: string, axis: number): string {
  const key = `${axis} ${tensor}`
  const made = leaves.get(key) ?? graph.add('Gather', [tensor, positions], { attributes: { axis } })
  leaves.set(key, made)
  return made
}

/** Who wants only the target rows of a tensor, and along which axis (counted from the last, -1). */
class Wishes {
  readonly #axes = new Map<string, number | 'several'>()
  readonly #readers = new Map<string, Set<NodeProto>>()

  add(tensor: string, axis: number, reader: NodeProto): void {
    const before = this.#axes.get(tensor)
    this.#axes.set(tensor, before === undefined || before === axis ? axis : 'several')
    const readers = this.#readers.get(tensor) ?? new Set()
    this.#readers.set(tensor, readers.add(reader))
  }

  /** The axis along which every user of everything the node makes wants target rows only; `null` when one does not. */
  axisFor(node: NodeProto, graph: OnnxGraph): number | null {
    const used = node.output.filter((tensor) => tensor !== '' && (graph.usersOf(tensor).size > 0 || graph.isOutput(tensor)))
    const axes = new Set(used.map((tensor) => this.#axes.get(tensor)))
    const [axis] = axes
    if (axes.size !== 1 || typeof axis !== 'number') return null
    const agreed = used.every(
      (tensor) => !graph.isOutput(tensor) && [...graph.usersOf(tensor)].every((user) => this.#wishes(tensor, user)),
    )
    return agreed ? axis : null
  }

  #wishes(tensor: string, user: NodeProto): boolean {
    return this.#readers.get(tensor)?.has(user) === true
  }
}
