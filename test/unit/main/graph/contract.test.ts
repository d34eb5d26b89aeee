import { describe, expect, it } from 'vitest'
import { readContract } from '../../../../src/main/graph/contract.ts'
import { OnnxGraph } from '../../../../src/main/graph/onnx/onnx-graph.ts'
import { makeValueInfo } from '../../../../src/main/graph/onnx/value-info.ts'
import { changedDecoder, failureFrom } from './model-folder.ts'

type Change = Parameters<typeof changedDecoder>[0]
const expected = 'inputs_embeds, attention_mask, past_key_values.N.key|value in and logits, present.N.key|value out'

function read(change: Change = () => {}) {
  const { graph } = changedDecoder(change)
  if (graph === undefined) throw new Error('no graph')
  return readContract(new OnnxGraph(graph, 17), { model: 'm', file: 'f' })
}

describe('readContract', () => {
  it('names the tensors of a decoder and their sizes', () => {
    expect(read()).toEqual({
      inputs: {
        embeddings: 'inputs_embeds',
        attentionMask: 'attention_mask',
        positionIds: null,
        numLogitsToKeep: null,
        past: [{ key: 'past_key_values.0.key', value: 'past_key_values.0.value' }],
      },
      outputs: { logits: 'logits', present: [{ key: 'present.0.key', value: 'present.0.value' }] },
      keyValueHeads: 4,
      headSize: 16,
      hiddenSize: 12,
      vocabularySize: 11,
      elementType: 1,
    })
  })

  it('takes position ids, a number of logits to keep, and as many layers as there are', () => {
    const { inputs, outputs } = read((_, graph) => {
      graph.input.push(makeValueInfo('position_ids', 7, ['b', 's']), makeValueInfo('num_logits_to_keep', 7, []))
      for (const part of ['key', 'value']) {
        graph.input.push(makeValueInfo(`past_key_values.1.${part}`, 1, ['b', 4, 'p', 16]))
        graph.output.push(makeValueInfo(`present.1.${part}`, 1, ['b', 4, 'p', 16]))
      }
    })
    expect([inputs.positionIds, inputs.numLogitsToKeep]).toEqual(['position_ids', 'num_logits_to_keep'])
    expect(inputs.past[1]).toEqual({ key: 'past_key_values.1.key', value: 'past_key_values.1.value' })
    expect(outputs.present[1]).toEqual({ key: 'present.1.key', value: 'present.1.value' })
  })

  it('does without a size of the vocabulary', () => {
    expect(read((_, graph) => void (graph.output[0] = makeValueInfo('logits', 1, ['b', 's', 'v']))).vocabularySize).toBeNull()
  })

  const keys =
    (type: number, dims: readonly (number | string)[]): Change =>
    (_, graph) =>
      void (graph.input[2] = makeValueInfo('past_key_values.0.key', type, dims))
  it.each<readonly [string, Change]>([
    ['no present.0.value', (_, graph) => void graph.output.splice(2, 1)],
    ['no past_key_values.1.key', (_, graph) => void graph.input.push(makeValueInfo('past_key_values.2.key', 1, []))],
    ['an input xpast_key_values.1.key', (_, graph) => void graph.input.push(makeValueInfo('xpast_key_values.1.key', 1, []))],
    ['an input past_key_values.1.keys', (_, graph) => void graph.input.push(makeValueInfo('past_key_values.1.keys', 1, []))],
    ['no fixed size in dimension 1 of past_key_values.0.key', keys(1, ['b', 'h', 'p', 16])],
    ['no fixed size in dimension 3 of past_key_values.0.key', keys(1, ['b', 4, 'p'])],
    [
      'no fixed size in dimension 2 of inputs_embeds',
      (_, graph) => void (graph.input[0] = makeValueInfo('inputs_embeds', 1, ['b', 's', 'd'])),
    ],
    ['past_key_values.0.key of the type BFLOAT16', keys(16, ['b', 4, 'p', 16])],
    ['past_key_values.0.key of the type UINT8', keys(2, ['b', 4, 'p', 16])],
  ])('refuses a decoder with %s', async (found, change) => {
    expect(await failureFrom(() => read(change))).toEqual({
      code: 'model-tensors',
      data: { model: 'm', file: 'f', expected, found },
    })
  })
})
