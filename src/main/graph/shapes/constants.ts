import type { NodeProto, TensorProto } from 'onnx-buf'
import type { OnnxGraph } from '../onnx/onnx-graph.ts'
import { attributeOf, outputOf } from '../onnx/node.ts'
import { floatTensor, integerTensor } from '../onnx/tensor.ts'
import { isStandard } from '../operators.ts'

/** Turns Constant nodes into initializers, so that a constant is found in one place whatever the exporter chose. */
export function liftConstants(graph: OnnxGraph): void {
  for (const node of [...graph.nodes]) {
    const tensor = isStandard(node, 'Constant') ? constantOf(node) : null
    if (tensor === null) continue
    graph.remove(node)
    graph.initializers.set(tensor.name, tensor)
  }
}

function constantOf(node: NodeProto): TensorProto | null {
  const name = outputOf(node)
  const tensor = attributeOf(node, 'value')?.t
  if (tensor !== undefined) return Object.assign(tensor, { name })
  const integer = attributeOf(node, 'value_int')
  if (integer !== undefined) return integerTensor(name, [Number(integer.i)], [])
  const integers = attributeOf(node, 'value_ints')
  if (integers !== undefined) return integerTensor(name, integers.ints.map(Number))
  const float = attributeOf(node, 'value_float')
  if (float !== undefined) return floatTensor(name, [float.f])
  const floats = attributeOf(node, 'value_floats')
  return floats === undefined ? null : floatTensor(name, floats.floats, [floats.floats.length])
}
