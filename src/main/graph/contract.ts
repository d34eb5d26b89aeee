import { fail } from '../../shared/contract/failure.ts'
import type { OnnxGraph } from './onnx/onnx-graph.ts'
import { declaredShape, elementType } from './onnx/value-info.ts'
import { isScoreType, nameOfElementType } from './onnx/element-type.ts'
import { element } from '../../shared/values/element.ts'
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

/**
 * Reads the contract off the graph's inputs and outputs.
 * @throws model-tensors when a tensor is missing, unknown, of no fixed size, or of another type than float and float16
 */
export function readContract(graph: OnnxGraph, name: ModelFileName): DecoderContract {
  const refuse: Refuse = (found) => fail('model-tensors', { ...name, expected, found })
  const { inputs, outputs } = tensorsOf(graph, refuse)
  const firstKey = find(graph.inputs, element(inputs.past, 0).key, refuse)
  const vocabulary = declaredShape(find(graph.outputs, outputs.logits, refuse))?.at(-1)
  return {
    inputs,
    outputs,
    keyValueHeads: sizeOf(firstKey, 1, refuse),
    headSize: sizeOf(firstKey, 3, refuse),
    hiddenSize: sizeOf(find(graph.inputs, inputs.embeddings, refuse), 2, refuse),
    vocabularySize: typeof vocabulary === 'number' ? vocabulary : null,
    elementType: scoreType(firstKey, refuse),
  }
}

/** Ends with model-tensors; `found` goes on from "but has". */
type Refuse = (found: string) => never

function tensorsOf(graph: OnnxGraph, refuse: Refuse): Pick<DecoderContract, 'inputs' | 'outputs'> {
  const embeddings = find(graph.inputs, 'inputs_embeds', refuse).name
  const attentionMask = find(graph.inputs, 'attention_mask', refuse).name
  const logits = find(graph.outputs, 'logits', refuse).name
  const layers = graph.inputs.filter((input) => /^past_key_values\.\d+\.key$/.test(input.name)).length
  if (layers === 0) refuse('no past_key_values')
  const past = keyValueNames(graph.inputs, 'past_key_values', layers, refuse)
  const present = keyValueNames(graph.outputs, 'present', layers, refuse)
  const optional = (wanted: string): string | null => (graph.inputs.some((input) => input.name === wanted) ? wanted : null)
  const [positionIds, numLogitsToKeep] = [optional('position_ids'), optional('num_logits_to_keep')]
  refuseOthers(
    graph,
    [embeddings, attentionMask, positionIds, numLogitsToKeep, ...past.flatMap(({ key, value }) => [key, value])],
    refuse,
  )
  return { inputs: { embeddings, attentionMask, positionIds, numLogitsToKeep, past }, outputs: { logits, present } }
}

function refuseOthers(graph: OnnxGraph, known: readonly (string | null)[], refuse: Refuse): void {
  const stranger = graph.inputs.find((input) => !known.includes(input.name))
  if (stranger !== undefined) refuse(`an input ${stranger.name}`)
}

function find(values: readonly ValueInfoProto[], wanted: string, refuse: Refuse): ValueInfoProto {
  return values.find((value) => value.name === wanted) ?? refuse(`no ${wanted}`)
}

function sizeOf(value: ValueInfoProto, axis: number, refuse: Refuse): number {
  const found = declaredShape(value)?.at(axis)
  return typeof found === 'number' ? found : refuse(`no fixed size in dimension ${axis} of ${value.name}`)
}

function scoreType(key: ValueInfoProto, refuse: Refuse): number {
  const type = elementType(key)
  return isScoreType(type) ? type : refuse(`${key.name} of the type ${nameOfElementType(type)}`)
}

/** Names of all layers' keys and values, which are there. */
function keyValueNames(values: readonly ValueInfoProto[], prefix: string, layers: number, refuse: Refuse): KeyValueNames[] {
  return Array.from({ length: layers }, (_, layer) => ({
    key: find(values, `${prefix}.${layer}.key`, refuse).name,
    value: find(values, `${prefix}.${layer}.value`, refuse).name,
  }))
}
