import { TensorProto_DataType as DataType } from 'onnx-buf'
import type { OnnxGraph } from './onnx-graph.ts'
import { elementType, integerAttribute, isStandard } from './protobuf.ts'

const decisions = ['And', 'Or', 'Not', 'Xor', 'Less', 'LessOrEqual', 'Greater', 'GreaterOrEqual', 'Equal', 'IsNaN', 'IsInf']
const movements = [
  'Expand',
  'Unsqueeze',
  'Squeeze',
  'Reshape',
  'Transpose',
  'Slice',
  'Concat',
  'Identity',
  'Gather',
  'GatherND',
  'Tile',
  'Trilu',
]

/** Whether a tensor holds booleans, told from what made it. */
export function isBoolean(graph: OnnxGraph, tensor: string): boolean {
  const seen = new Set<string>()
  for (let next = tensor; !seen.has(next);) {
    seen.add(next)
    const maker = graph.makerOf(next)
    if (maker === undefined) return givenAsBoolean(graph, next)
    if (isStandard(maker, ...decisions)) return true
    if (isStandard(maker, 'Cast')) return integerAttribute(maker, 'to', 0) === (DataType.BOOL as number)
    if (!isStandard(maker, 'Where', ...movements)) return false
    next = maker.input[maker.opType === 'Where' ? 1 : 0] ?? ''
  }
  return false
}

function givenAsBoolean(graph: OnnxGraph, tensor: string): boolean {
  const input = graph.inputs.find(({ name }) => name === tensor)
  const type = input === undefined ? graph.initializers.get(tensor)?.dataType : elementType(input)
  return type === (DataType.BOOL as number)
}
