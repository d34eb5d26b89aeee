import type { NodeProto } from 'onnx-buf'
import { addedTensors } from '../added-tensors.ts'
import { FLOAT, INT64 } from '../onnx/element-type.ts'
import { makeNode } from '../onnx/node.ts'
import type { OnnxGraph } from '../onnx/onnx-graph.ts'
import { makeValueInfo } from '../onnx/value-info.ts'

/**
 * Ends the graph in the targets instead of the whole sequence: inputs `target_positions [targets]` (among the new tokens) and
 * `target_ids [targets, ids]`, outputs `target_logits [batch, targets, vocabulary]` and `target_logprobs [batch, targets, ids]`
 * in nats, in place of the logits.
 * @returns the node that chooses the target rows of the logits
 */
export function addTargetHead(graph: OnnxGraph, logits: string, vocabulary: number | null): NodeProto {
  const positions = graph.addInput(addedTensors.positions, INT64, ['targets'])
  const ids = graph.addInput(addedTensors.ids, INT64, ['targets', 'ids'])
  const gather = makeNode('Gather', [logits, positions], [graph.freshName('targets')], { axis: -2 })
  graph.insert(gather)
  graph.add('Cast', gather.output, { attributes: { to: FLOAT }, outputs: [addedTensors.logits] })
  const logprobs = graph.add('LogSoftmax', [addedTensors.logits], { attributes: { axis: -1 } })
  const batch = graph.add('Gather', [graph.add('Shape', [addedTensors.logits]), graph.integers([0])])
  const shape = graph.add('Concat', [batch, graph.add('Shape', [ids])], { attributes: { axis: 0 } })
  const index = graph.add('Expand', [ids, shape])
  graph.add('GatherElements', [logprobs, index], { attributes: { axis: -1 }, outputs: [addedTensors.logprobs] })
  graph.outputs = [
    makeValueInfo(addedTensors.logprobs, FLOAT, ['batch_size', 'targets', 'ids']),
    makeValueInfo(addedTensors.logits, FLOAT, ['batch_size', 'targets', vocabulary ?? 'vocabulary_size']),
    ...graph.outputs.filter((output) => output.name !== logits),
  ]
  return gather
}
