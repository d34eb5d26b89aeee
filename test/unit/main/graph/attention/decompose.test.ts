import { fromBinary } from '@bufbuild/protobuf'
import { ModelProtoSchema } from 'onnx-buf'
import { describe, expect, it } from 'vitest'
import { failureOf } from '../../../../../src/shared/contract/failure.ts'
import { float as floatAttribute } from '../../../../../src/main/graph/onnx/node.ts'
import { rewriteDecoder } from '../../../../../src/main/graph/rewrite.ts'
import { answerDistance, ask, askOriginal, distance, openAsIs, openRewrite, randomFloats } from '../decoder-run.ts'
import { bytesOf, groupedLayer, multiHeadLayer, standardLayer, syntheticDecoder } from '../synthetic-decoder.ts'
import type { Layer } from '../synthetic-decoder.ts'

const name = { model: 'synthetic', file: 'decoder.onnx' }
const close = 1e-5

/** What the kernel is asked to confirm: GroupQueryAttention refuses several new tokens over a past in batches. */
const questions = [
  { batch: 1, past: 0, fresh: 6 },
  { batch: 3, past: 0, fresh: 4 },
  { batch: 1, past: 5, fresh: 4 },
  { batch: 3, past: 5, fresh: 1 },
]

const layers: readonly (readonly [string, Layer])[] = [
  ['GroupQueryAttention', groupedLayer({})],
  ['GroupQueryAttention, packed', groupedLayer({}, { packed: true })],
  ['GroupQueryAttention, rotary', groupedLayer({}, { rotary: true })],
  ['GroupQueryAttention, packed, rotary, interleaved', groupedLayer({ rotary_interleaved: 1 }, { packed: true, rotary: true })],
  ['GroupQueryAttention, rotary with position ids', groupedLayer({}, { rotary: true, positions: true })],
  ['GroupQueryAttention, scale', groupedLayer({ scale: floatAttribute(0.11) })],
  ['GroupQueryAttention, soft cap', groupedLayer({ softcap: floatAttribute(2) })],
  ['GroupQueryAttention, bias', groupedLayer({}, { bias: true })],
  ['GroupQueryAttention, bias and soft cap', groupedLayer({ softcap: floatAttribute(2) }, { bias: true })],
  ['GroupQueryAttention, window', groupedLayer({ local_window_size: 3 })],
  ['GroupQueryAttention, sinks', groupedLayer({}, { sink: true })],
  ['GroupQueryAttention, smooth softmax', groupedLayer({ smooth_softmax: 1 })],
  ['MultiHeadAttention', multiHeadLayer({})],
  ['MultiHeadAttention, causal', multiHeadLayer({ unidirectional: 1 })],
  ['MultiHeadAttention, biases', multiHeadLayer({ unidirectional: 1 }, { biases: true })],
  ['MultiHeadAttention, padding', multiHeadLayer({ unidirectional: 1 }, { padding: true })],
  ['MultiHeadAttention, added mask', multiHeadLayer({}, { bias: true })],
  ['MultiHeadAttention, scale', multiHeadLayer({ scale: floatAttribute(0.1) }, { bias: true })],
  ['Attention of rank 3', standardLayer({}, { mask: 'mask' })],
  ['Attention of rank 4', standardLayer({}, { rank: 4, mask: 'mask' })],
  ['Attention, boolean mask', standardLayer({}, { rank: 4, mask: 'visible' })],
  ['Attention, causal', standardLayer({ is_causal: 1 })],
  ['Attention, causal, opset 24', standardLayer({ is_causal: 1 }, { opset: 24 })],
  ['Attention, causal and masked', standardLayer({ is_causal: 1 }, { rank: 4, mask: 'visible' })],
  ['Attention, scale', standardLayer({ scale: floatAttribute(0.2) }, { mask: 'mask' })],
  ['Attention, soft cap', standardLayer({ softcap: floatAttribute(2) }, { mask: 'mask' })],
]

describe.each(layers)('%s', (_, layer) => {
  const rewrite = (variant: 'shifted' | 'plain', narrowed = true) =>
    rewriteDecoder(syntheticDecoder(layer), variant, name, { narrowed })

  it('written out, computes what the kernel computes', async () => {
    const { description, bytes } = rewrite('shifted')
    const [original, session] = await Promise.all([openAsIs(bytesOf(syntheticDecoder(layer))), openRewrite({ bytes })])
    for (const question of questions) {
      const expected = await askOriginal(original, description, question)
      expect(answerDistance(await ask(session, description, question), expected)).toBeLessThan(close)
    }
    await Promise.all([original.release(), session.release()])
  })

  it('takes factors, in the last block for target rows as for all', async () => {
    const question = { batch: 2, past: 5, fresh: 4, targets: [3, 1], factors: randomFloats(18, 3).map((value) => value + 1) }
    const { description, bytes } = rewrite('shifted')
    const [narrow, whole] = await Promise.all([openRewrite({ bytes }), openRewrite(rewrite('shifted', false))])
    const narrowed = await ask(narrow, description, question)
    expect(answerDistance(narrowed, await ask(whole, description, question))).toBeLessThan(close)
    const unchanged = await ask(narrow, description, { ...question, factors: new Float32Array(18).fill(1) })
    expect(distance(narrowed.logits, unchanged.logits)).toBeGreaterThan(1e-3)
    await Promise.all([narrow.release(), whole.release()])
  })

  it('chooses the target rows before queries meet keys, and before they are projected unless keys are projected with them', () => {
    const { node } = fromBinary(ModelProtoSchema, rewrite('plain').bytes).graph ?? { node: [] }
    const chosen = new Set(['target_positions'])
    const products = node.filter(({ opType, input, output }) => {
      if (!input.some((tensor) => chosen.has(tensor))) return false
      output.forEach((tensor) => chosen.add(tensor))
      return opType === 'MatMul'
    })
    // query, scores, values, output projection, head
    expect(products).toHaveLength(layer.nodes.some(({ input }) => input[0] === 'packed') ? 4 : 5)
  })
})

describe('an operator that uses something unknown', () => {
  it.each([
    ['quantised keys', groupedLayer({ k_quant_type: 'PER_TENSOR' })],
    ['heads that do not share evenly', groupedLayer({ num_heads: 3 })],
    ['no number of heads', standardLayer({ q_num_heads: 0 })],
  ])('%s: is refused with the operators that are there', (_, layer) => {
    const attempt = (): unknown => rewriteDecoder(syntheticDecoder(layer), 'shifted', name)
    expect(attempt).toThrow(/expected MatMul, scale, mask and Softmax .* the graph holds .*Attention 1/)
    expect(codeOf(attempt)).toBe('model-attention-unknown')
  })
})

function codeOf(attempt: () => unknown): string | undefined {
  try {
    attempt()
  } catch (error) {
    return failureOf(error)?.code
  }
  return undefined
}
