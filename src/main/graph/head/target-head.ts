import type { NodeProto } from 'onnx-buf'
import { FLOAT, INT64 } from '../onnx/element-type.ts'
import { makeNode } from '../onnx/node.ts'
import type { OnnxGraph } from '../onnx/onnx-graph.ts'
import { makeValueInfo } from '../onnx/value-info.ts'

/** Names of what the target head adds to a decoder. */
const targetTensors = {
  positions: 'target_positions',
  ids: 'target_ids',
  logits: 'target_logits',
  logprobs: 'target_logprobs',
} as const

/**
 * Ends the graph in the targets instead of the whole sequence: inputs `target_positions [targets]` (among the new tokens) and
 * `target_ids [targets, ids]`, outputs `target_logits [batch, targets, vocabulary]` and `target_logprobs [batch, targets, ids]`
 * in nats, in place of the logits.
 * @returns the node that chooses the target rows of the logits
 */
export function addTargetHead(graph: OnnxGraph, logits: string, vocabulary: number | null): NodeProto {
  const positions = graph.addInput(targetTensors.positions, INT64, ['targets'])
  const ids = graph.addInput(targetTensors.ids, INT64, ['targets', 'ids'])
  const gather = makeNode('Gather', [logits, positions], [graph.freshName('targets')], { axis: -2 })
  graph.insert(gather)
  graph.add('Cast', gather.output, { attributes: { to: FLOAT }, outputs: [targetTensors.logits] })
  const logprobs = graph.add('LogSoftmax', [targetTensors.logits], { attributes: { axis: -1 } })
  const batch = graph.add('Gather', [graph.add('Shape', [targetTensors.logits]), graph.integers([0])])
  const shape = graph.add('Concat', [batch, graph.add('Shape', [ids])], { attributes: { axis: 0 } })
  const index = graph.add('Expand', [ids, shape])
  graph.add('GatherElements', [logprobs, index], { attributes: { axis: -1 }, outputs: [targetTensors.logprobs] })
  graph.outputs = [
    makeValueInfo(targetTensors.logprobs, FLOAT, ['batch_size', 'targets', 'ids']),
    makeValueInfo(targetTensors.logits, FLOAT, ['batch_size', 'targets', vocabulary ?? 'vocabulary_size']),
    ...graph.outputs.filter((output) => output.name !== logits),
  ]
  return gather
}
