import { fail } from '../../shared/contract/failure.ts'
import type { OnnxGraph } from './file/onnx-graph.ts'
import { declaredShape, elementType } from './file/protobuf.ts'
import type { ModelFileName } from './file/refusal.ts'
import type { ValueInfoProto } from 'onnx-buf'

/** Names of a layer's keys and values. */
export interface KeyValueNames {
  readonly key: string
  readonly value: string
}

/** What a decoder promises: the tensors that transformers.js knows, found by name, and the sizes they declare. */
export interface DecoderContract {
  readonly inputs: {
    readonly embeddings: string
    readonly attentionMask: string
    readonly positionIds: string | null
    readonly numLogitsToKeep: string | null
    readonly past: readonly KeyValueNames[]
  }
  readonly outputs: { readonly logits: string; readonly present: readonly KeyValueNames[] }
  readonly keyValueHeads: number
  readonly headSize: number
  readonly hiddenSize: number
  readonly vocabularySize: number | null
  /** Element type of the keys and values, float or float16. */
  readonly elementType: number
}

const expected = 'inputs_embeds, attention_mask, past_key_values.N.key|value in and logits, present.N.key|value out'
const optional = ['position_ids', 'num_logits_to_keep']

/**
 * Reads the contract off the graph's inputs and outputs.
 * @throws model-tensors when a tensor is missing, unknown, or of no fixed size
 */
export function readContract(graph: OnnxGraph, name: ModelFileName): DecoderContract {
  const refuse = (found: string): never => fail('model-tensors', { ...name, expected, found })
  const find = (values: readonly ValueInfoProto[], wanted: string): ValueInfoProto =>
    values.find((value) => value.name === wanted) ?? refuse(`no ${wanted}`)
  const embeddings = find(graph.inputs, 'inputs_embeds')
  const attentionMask = find(graph.inputs, 'attention_mask')
  const logits = find(graph.outputs, 'logits')
  const layers = graph.inputs.filter((input) => /^past_key_values\.\d+\.key$/.test(input.name)).length
  if (layers === 0) refuse('no past_key_values')
  const past = keyValueNames('past_key_values', layers)
  const present = keyValueNames('present', layers)
  for (const { key, value } of past) [key, value].forEach((tensor) => find(graph.inputs, tensor))
  for (const { key, value } of present) [key, value].forEach((tensor) => find(graph.outputs, tensor))
  const known = new Set([embeddings.name, attentionMask.name, ...optional, ...past.flatMap(({ key, value }) => [key, value])])
  const stranger = graph.inputs.find((input) => !known.has(input.name))
  if (stranger !== undefined) refuse(`an input ${stranger.name}`)
  const firstKey = find(graph.inputs, past[0]?.key ?? '')
  const size = (value: ValueInfoProto, axis: number): number => {
    const found = declaredShape(value)?.at(axis)
    return typeof found === 'number' ? found : refuse(`no fixed size in dimension ${axis} of ${value.name}`)
  }
  const vocabulary = declaredShape(logits)?.at(-1)
  return {
    inputs: {
      embeddings: embeddings.name,
      attentionMask: attentionMask.name,
      positionIds: graph.inputs.some((input) => input.name === 'position_ids') ? 'position_ids' : null,
      numLogitsToKeep: graph.inputs.some((input) => input.name === 'num_logits_to_keep') ? 'num_logits_to_keep' : null,
      past,
    },
    outputs: { logits: logits.name, present },
    keyValueHeads: size(firstKey, 1),
    headSize: size(firstKey, 3),
    hiddenSize: size(embeddings, 2),
    vocabularySize: typeof vocabulary === 'number' ? vocabulary : null,
    elementType: elementType(firstKey),
  }
}

function keyValueNames(prefix: string, layers: number): KeyValueNames[] {
  return Array.from({ length: layers }, (_, layer) => ({ key: `${prefix}.${layer}.key`, value: `${prefix}.${layer}.value` }))
}
