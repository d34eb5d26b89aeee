import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Decoder, ForwardResult } from '../../../../../src/main/engine/runtime/decoder.ts'
import { decoderOver } from '../../../../../src/main/engine/runtime/decoder.ts'
import type { KeyValues } from '../../../../../src/main/engine/runtime/key-values.ts'
import { emptyKeyValues, repeatPrefix } from '../../../../../src/main/engine/runtime/key-values.ts'
import { openSession } from '../../../../../src/main/engine/runtime/session.ts'
import { instrumentDecoder } from '../../../../../src/main/graph/instrument.ts'
import type { Variant } from '../../../../../src/shared/explanation/parameters.ts'
import { variants } from '../../../../../src/shared/explanation/parameters.ts'
import { embeddedModel, root } from '../../../../helpers/test-model.ts'

const fixtures = join(root, 'test', 'fixtures', 'decoders')
const files = [
  ...readdirSync(fixtures).map((name) => [name, join(fixtures, name)] as const),
  ['embedded', join(embeddedModel, 'onnx', 'decoder_model_merged.onnx')] as const,
]
const rows = 3
const past = 4
const fresh = 5

async function open(file: string, variant: Variant, shared: boolean): Promise<Decoder> {
  const graph = await instrumentDecoder(file, variant, null, { shared })
  const setup = { provider: 'cpu', weightsFolder: graph.weightsFolder, foldingLimit: graph.largestInitializerBytes } as const
  return decoderOver(await openSession(graph.bytes, setup), graph)
}

/** Numbers that look random and are the same each time. */
const wave = (length: number, step: number): Float32Array =>
  Float32Array.from({ length }, (_, index) => Math.sin(1 + index * step))

/** Runs some positions unchanged and then others with factors of their own in every row. */
async function run(decoder: Decoder): Promise<ForwardResult> {
  const ask = { layers: null, targets: [0, fresh - 1], ids: [[1], [2]] }
  const before = await decoder.forward({
    ...ask,
    embeddings: wave(past * decoder.hiddenSize, 0.37),
    batch: 1,
    past: emptyKeyValues(decoder.shape, 1),
    factors: null,
    targets: [0],
    ids: [[1]],
    want: { keyValues: true },
  })
  return decoder.forward({
    ...ask,
    embeddings: wave(fresh * decoder.hiddenSize, 0.73),
    batch: rows,
    past: repeatPrefix(before.keyValues as KeyValues, past, rows),
    factors: wave(rows * (past + fresh), 0.51).map((value) => 0.6 + 0.4 * value),
    want: { logprobs: true, logits: true, keyValues: true },
  })
}

const close = (actual: ArrayLike<number>, expected: ArrayLike<number>): number =>
  Math.max(
    ...Array.from({ length: expected.length }, (_, index) =>
      Math.abs((actual[index] ?? Number.NaN) - (expected[index] ?? Number.NaN)),
    ),
  )

/** Rotary tables of one row that a fused operator wants once per row, and a mask made for a whole batch: proven not to work, so left apart. */
const leftApart = ['tiny_llama_sdpa.onnx', 'tiny_llama_sdpa_op23.onnx']

describe.each(files)('the first block of %s', (name, file) => {
  it.each(variants)('gives the same answers shared where that is proven to work: %s', async (variant) => {
    const [shared, apart] = [await open(file, variant, true), await open(file, variant, false)]
    expect([shared.shape.sharedLayers, apart.shape.sharedLayers]).toEqual([leftApart.includes(name) ? 0 : 1, 0])
    const [one, other] = [await run(shared), await run(apart)]
    expect(close(one.logprobs ?? [], other.logprobs ?? [])).toBeLessThan(1e-5)
    expect(close(one.logits?.data ?? [], other.logits?.data ?? [])).toBeLessThan(2e-5)
    one.keyValues?.tensors.forEach(({ data, shape }, index) => {
      const whole = other.keyValues?.tensors[index]?.data ?? new Float32Array(0)
      expect(shape[0]).toBe(index < 2 * shared.shape.sharedLayers ? 1 : rows)
      expect(close(data, whole.subarray(0, data.length))).toBeLessThan(1e-5)
    })
    await Promise.all([shared.release(), apart.release()])
  })
})
