import type { NodeProto } from 'onnx-buf'
import { inputOf, outputOf, requiredInputOf } from '../onnx/node.ts'
import type { OnnxGraph } from '../onnx/onnx-graph.ts'
import type { Shapes } from '../shapes/shapes.ts'
import { narrowing } from './narrowing-rules.ts'
import { RowRequests } from './row-requests.ts'
import type { Narrowing } from './row-reads.ts'

/**
 * Pushes the choice of target rows from the end of the graph up to where rows mix: through head, norm, and the last block down to
 * its queries, so that only target rows are computed there (method, section 4.3). A tensor that something else needs whole, or that
 * an unknown operator makes, gets its rows chosen right there: never wrong, only slower.
 * @param gather chooses rows `gather.input[1]` of the second-last axis of `gather.input[0]`
 */
export function narrow(graph: OnnxGraph, shapes: Shapes, gather: NodeProto): void {
  const whole = requiredInputOf(gather, 0)
  if (shapes.shapeOf(whole)?.at(-2) !== 'new') return
  const requests = new RowRequests()
  requests.add(whole, -2, gather)
  const plans = planBackwards(graph, shapes, requests)
  applyPlans(graph, plans, requiredInputOf(gather, 1))
  const maker = graph.makerOf(whole)
  if (maker !== undefined && plans.has(maker)) {
    graph.remove(gather)
    graph.redirect(outputOf(gather), whole)
  }
}

/** From the end to the beginning, so that all readers of a tensor are known before its maker is asked. */
function planBackwards(graph: OnnxGraph, shapes: Shapes, requests: RowRequests): Map<NodeProto, Narrowing> {
  const plans = new Map<NodeProto, Narrowing>()
  for (const node of graph.sorted().reverse()) {
    const axis = requests.axisFor(node, graph)
    const plan = axis === null ? null : narrowing(node, axis, shapes)
    if (plan === null) continue
    plans.set(node, plan)
    plan.reads.forEach((inputAxis, place) => requests.add(inputOf(node, place), inputAxis, node))
  }
  return plans
}

/** Chooses the rows of every tensor that a planned node reads and none makes. */
function applyPlans(graph: OnnxGraph, plans: ReadonlyMap<NodeProto, Narrowing>, positions: string): void {
  const chosen = new Map<string, string>()
  for (const [node, plan] of plans) {
    plan.apply?.(graph)
    plan.reads.forEach((axis, place) => {
      const tensor = inputOf(node, place)
      const maker = graph.makerOf(tensor)
      if (maker === undefined || !plans.has(maker)) graph.rewire(node, place, chooseRows(graph, chosen, tensor, positions, axis))
    })
  }
}

function chooseRows(graph: OnnxGraph, chosen: Map<string, string>, tensor: string, positions: string, axis: number): string {
  const key = `${axis} ${tensor}`
  const made = chosen.get(key) ?? graph.add('Gather', [tensor, positions], { attributes: { axis } })
  chosen.set(key, made)
  return made
}
