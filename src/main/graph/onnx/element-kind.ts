import { operatorOf, isStandard } from '../operators.ts'
import { BOOL } from './element-type.ts'
import { inputOf, integerAttributeOr } from './node.ts'
import type { OnnxGraph } from './onnx-graph.ts'
import { elementType } from './value-info.ts'

/** Whether a tensor holds booleans, judged by what made it. */
export function isBoolean(graph: OnnxGraph, tensor: string): boolean {
  const seen = new Set<string>()
  for (let next = tensor; !seen.has(next);) {
    seen.add(next)
    const maker = graph.makerOf(next)
    if (maker === undefined) return givenAsBoolean(graph, next)
    // Cast has no default for its type; without one the file is invalid, and says nothing of booleans.
    if (isStandard(maker, 'Cast')) return integerAttributeOr(maker, 'to', NaN) === BOOL
    const { booleans } = operatorOf(maker)
    if (booleans === 'made') return true
    if (booleans === undefined) return false
    next = inputOf(maker, booleans === 'chosen' ? 1 : 0)
  }
  return false
}

function givenAsBoolean(graph: OnnxGraph, tensor: string): boolean {
  const input = graph.inputs.find(({ name }) => name === tensor)
  const type = input === undefined ? graph.initializers.get(tensor)?.dataType : elementType(input)
  return type === BOOL
}
