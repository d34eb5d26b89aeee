import type { NodeProto } from 'onnx-buf'
import { decomposeAttention } from './decompose-attention.ts'
import { decomposeGroupedQueryAttention } from './decompose-grouped-query.ts'
import { decomposeMultiHeadAttention } from './decompose-multi-head.ts'
import type { OnnxGraph } from '../onnx/onnx-graph.ts'
import { isContributed, isStandard } from '../operators.ts'
import type { Shapes } from '../shapes/shapes.ts'

/**
 * Writes fused attention operators out in standard ones, so that factors can reach their scores. An operator that uses what we do
 * not know stays as it is; its layer is then missed when attention is located, and the model refused.
 * @param elementType of keys and values
 */
export function decompose(graph: OnnxGraph, shapes: Shapes, elementType: number): void {
  for (const node of [...graph.nodes]) decomposerOf(node)?.(graph, node, shapes, elementType)
}

type Decomposer = (graph: OnnxGraph, node: NodeProto, shapes: Shapes, elementType: number) => void

function decomposerOf(node: NodeProto): Decomposer | null {
  if (isStandard(node, 'Attention')) return decomposeAttention
  if (isContributed(node, 'GroupQueryAttention')) return decomposeGroupedQueryAttention
  return isContributed(node, 'MultiHeadAttention') ? decomposeMultiHeadAttention : null
}
