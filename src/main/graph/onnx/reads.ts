import type { GraphProto, NodeProto } from 'onnx-buf'
import { notGiven } from './node.ts'

/** Every tensor a node reads: its inputs and what its subgraphs take from outside. */
export function tensorsReadBy(node: NodeProto): Set<string> {
  const used = new Set(node.input.filter((tensor) => tensor !== notGiven))
  for (const graph of subgraphsOf(node)) for (const tensor of capturedBy(graph)) used.add(tensor)
  return used
}

/** The graphs inside a node's attributes. */
export function subgraphsOf(node: NodeProto): GraphProto[] {
  return node.attribute.flatMap((attribute) => [...(attribute.g === undefined ? [] : [attribute.g]), ...attribute.graphs])
}

function capturedBy(graph: GraphProto): Set<string> {
  const made = new Set([
    ...graph.initializer.map((tensor) => tensor.name),
    ...graph.input.map((input) => input.name),
    ...graph.node.flatMap((node) => node.output),
  ])
  const used = new Set([...graph.node.flatMap((node) => [...tensorsReadBy(node)]), ...graph.output.map((output) => output.name)])
  return new Set([...used].filter((tensor) => !made.has(tensor)))
}
