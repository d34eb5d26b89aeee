import type { NodeProto } from 'onnx-buf'
import { attributeOf, outputOf } from './onnx/node.ts'
import type { OnnxGraph } from './onnx/onnx-graph.ts'
import { isStandard } from './operators.ts'
import { Refused } from './file/refusal.ts'

const cacheSwitch = 'use_cache_branch'

/**
 * Flattens a "merged" decoder, which holds two graphs behind `If(use_cache_branch)`: keeps the branch that reads the past, which
 * is right for an empty past too, and drops the switch. Other graphs stay as they are.
 * @throws Refused when no branch reads the past
 */
export function flattenBranches(graph: OnnxGraph): void {
  if (!graph.inputs.some((input) => input.name === cacheSwitch)) return
  const past = graph.inputs.map(({ name }) => name).filter((name) => name.startsWith('past_key_values.'))
  for (const node of [...graph.nodes]) {
    if (isStandard(node, 'If') && node.input[0] === cacheSwitch) hoist(graph, node, past)
  }
  if (graph.usersOf(cacheSwitch).size > 0) throw new Refused('invalid', `uses ${cacheSwitch} for more than choosing a branch`)
  graph.inputs = graph.inputs.filter((input) => input.name !== cacheSwitch)
}

function hoist(graph: OnnxGraph, choice: NodeProto, past: readonly string[]): void {
  const branches = ['else_branch', 'then_branch']
    .map((name) => attributeOf(choice, name)?.g)
    .filter((graph) => graph !== undefined)
  const branch = branches.find(({ node }) => past.every((tensor) => node.some(({ input }) => input.includes(tensor))))
  if (branch === undefined) throw new Refused('invalid', 'has no branch that reads the past keys and values')
  if (branch.output.length !== choice.output.length)
    throw new Refused('invalid', 'has a branch with other outputs than its choice')
  graph.remove(choice)
  for (const tensor of branch.initializer) {
    if (graph.initializers.has(tensor.name)) throw new Refused('invalid', `defines ${tensor.name} twice`)
    graph.initializers.set(tensor.name, tensor)
  }
  const made = new Map(branch.output.map(({ name }, place) => [name, outputOf(choice, place)]))
  const inside = new Set(branch.node.flatMap(({ output }) => output))
  const rename = (tensor: string): string => (inside.has(tensor) ? (made.get(tensor) ?? tensor) : tensor)
  for (const node of branch.node) {
    node.input = node.input.map(rename)
    node.output = node.output.map(rename)
    graph.insert(node)
  }
  // A branch may hand on a tensor of the outer graph, or one tensor twice; such an output needs a node of its own.
  branch.output.forEach(({ name }, place) => {
    const output = outputOf(choice, place)
    if (graph.makerOf(output) === undefined) graph.add('Identity', [rename(name)], { outputs: [output] })
  })
}
