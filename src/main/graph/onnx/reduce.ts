import type { OnnxGraph } from './onnx-graph.ts'

/** Opset from which ReduceMin and ReduceMax take their axes as an input instead of an attribute (ONNX operator changelog). */
const axesAsInput = 18

/** The least or largest value along the last axis, which stays as an axis of one. */
export function reduceLastAxis(graph: OnnxGraph, opType: 'ReduceMin' | 'ReduceMax', tensor: string): string {
  if (graph.opset < axesAsInput) return graph.add(opType, [tensor], { attributes: { axes: [-1], keepdims: 1 } })
  return graph.add(opType, [tensor, graph.integers([-1])], { attributes: { keepdims: 1 } })
}
