import type { NodeProto } from 'onnx-buf'
import { valueAt } from '../../../shared/values/element.ts'
import { notGiven } from './node.ts'
import { tensorsReadBy } from './reads.ts'
import { Refused } from '../file/refusal.ts'

/** What an order of nodes depends on. */
export interface Nodes {
  readonly nodes: ReadonlySet<NodeProto>
  makerOf(tensor: string): NodeProto | undefined
  usersOf(tensor: string): ReadonlySet<NodeProto>
}

/**
 * Nodes in an order in which every tensor is made before it is used; the same for the same graph.
 * @throws Refused when there is a cycle
 */
export function sortNodes(graph: Nodes): NodeProto[] {
  const waiting = new Map([...graph.nodes].map((node) => [node, makersBefore(graph, node).size]))
  const ready = [...graph.nodes].filter((node) => waiting.get(node) === 0)
  for (const node of ready) {
    for (const user of usersAfter(graph, node)) {
      const pending = valueAt(waiting, user) - 1
      waiting.set(user, pending)
      if (pending === 0) ready.push(user)
    }
  }
  if (ready.length !== graph.nodes.size) throw new Refused('invalid', 'has a cycle')
  return ready
}

function makersBefore(graph: Nodes, node: NodeProto): Set<NodeProto> {
  const makers = [...tensorsReadBy(node)].map((tensor) => graph.makerOf(tensor))
  return new Set(makers.filter((maker) => maker !== undefined))
}

function usersAfter(graph: Nodes, node: NodeProto): Set<NodeProto> {
  return new Set(node.output.filter((tensor) => tensor !== notGiven).flatMap((tensor) => [...graph.usersOf(tensor)]))
}
