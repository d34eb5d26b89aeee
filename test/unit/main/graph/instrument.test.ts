import { dirname } from 'node:path'
import { fromBinary } from '@bufbuild/protobuf'
import { ModelProtoSchema } from 'onnx-buf'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Session, Tensor } from '../../../../src/main/engine/runtime/session.ts'
import { inspectGraph } from '../../../../src/main/graph/inspect.ts'
import { instrumentDecoder } from '../../../../src/main/graph/instrument.ts'
import type { InstrumentedDecoder } from '../../../../src/main/graph/instrument.ts'
import { rewriteDecoder } from '../../../../src/main/graph/rewrite.ts'
import { variants } from '../../../../src/shared/explanation/parameters.ts'
import type { Variant } from '../../../../src/shared/explanation/parameters.ts'
import {
  answerDistance,
  ask,
  askOriginal,
  batchRow,
  decoders,
  distance,
  embedded,
  float,
  openAsIs,
  openRewrite,
  randomFloats,
  rowsOf,
} from './decoder-run.ts'
import type { Question, Suppressed } from './decoder-run.ts'

/** What is left is the order of additions. */
const close = 1e-5

const questions: readonly Question[] = [
  { batch: 1, past: 0, fresh: 7 },
  { batch: 3, past: 0, fresh: 5 },
  { batch: 1, past: 4, fresh: 3 },
  { batch: 3, past: 4, fresh: 5 },
  { batch: 3, past: 6, fresh: 1 },
]

/** Factors between 0 and 2, another row for each row of the batch. */
function someFactors({ batch, past, fresh }: Question, seed = 9): Float32Array {
  return randomFloats(batch * (past + fresh), seed).map((value) => value + 1)
}

describe.each(decoders)('$name', ({ file, original }) => {
  let plain: Session
  beforeAll(async () => {
    plain = await openAsIs(original)
  })
  afterAll(() => plain.release())

  describe.each(variants)('%s', (variant) => {
    let decoder: InstrumentedDecoder
    let session: Session
    beforeAll(async () => {
      decoder = await instrumentDecoder(file, variant, null)
      session = await openRewrite(decoder, decoder.weightsFolder)
    })
    afterAll(() => session.release())
    const run = (question: Suppressed): ReturnType<typeof ask> => ask(session, decoder, question)

    it.each(questions)('changes nothing while all factors are 1 (batch $batch, $past past, $fresh new)', async (question) => {
      expect(answerDistance(await run(question), await askOriginal(plain, decoder, question))).toBeLessThan(close)
    })

    it('changes nothing in layers that are switched off', async () => {
      const question = { batch: 3, past: 4, fresh: 5 }
      const off = await run({ ...question, factors: someFactors(question), layers: Array<number>(decoder.layers).fill(0) })
      expect(answerDistance(off, await askOriginal(plain, decoder, question))).toBeLessThan(close)
    })

    it('leaves the layers below the first changed one alone, and changes that one', async () => {
      const question = { batch: 1, past: 0, fresh: 6 }
      const last = decoder.layers - 1
      const changed = await run({
        ...question,
        factors: someFactors(question),
        layers: decoder.outputs.present.map((_, layer) => (layer === last ? 1 : 0)),
      })
      const baseline = await askOriginal(plain, decoder, question)
      const kept = changed.present.map((tensor, place) => distance(tensor, baseline.present[place] ?? tensor))
      expect(Math.max(...kept)).toBeLessThan(close)
      expect(distance(changed.logits, baseline.logits)).toBeGreaterThan(1e-4)
    })

    it('gives the log-probabilities of the asked ids', async () => {
      const question = { batch: 3, past: 4, fresh: 5, targets: [4, 1], ids: [5, 0, 9, 2, 2, 63] }
      const { logits, logprobs } = await run({ ...question, factors: someFactors(question) })
      const [batch = 0, targets = 0, size = 0] = logits.shape
      const expected = Array.from({ length: batch * targets }, (_, row) => {
        const scores = logits.data.subarray(row * size, (row + 1) * size)
        const top = Math.max(...scores)
        const norm = top + Math.log(scores.reduce((sum, score) => sum + Math.exp(score - top), 0))
        return question.ids.slice((row % targets) * 3, (row % targets) * 3 + 3).map((id) => (scores[id] ?? NaN) - norm)
      })
      expect(logprobs.shape).toEqual([3, 2, 3])
      expect(distance(logprobs, float(Float32Array.from(expected.flat()), 3, 2, 3))).toBeLessThan(close)
    })

    it('answers at the targets as it would at all positions, in any order and more than once', async () => {
      const question = { batch: 3, past: 4, fresh: 5 }
      const factors = someFactors(question)
      const all = await run({ ...question, factors })
      const some = await run({ ...question, factors, targets: [3, 0, 3] })
      expect(distance(some.logits, rowsOf(all.logits, [3, 0, 3]))).toBeLessThan(close)
      expect(Math.max(...some.present.map((tensor, place) => distance(tensor, all.present[place] ?? tensor)))).toBeLessThan(close)
    })

    it('gives every row of a batch what it would get alone', async () => {
      const question = { batch: 3, past: 4, fresh: 5 }
      const factors = someFactors(question)
      const together = await run({ ...question, factors })
      for (const row of [0, 1, 2]) {
        const alone = await run({ ...question, batch: 1, seed: 1 + row, factors: factors.slice(9 * row, 9 * row + 9) })
        expect(distance(batchRow(together.logits, row), alone.logits)).toBeLessThan(close)
      }
    })

    it('does not let later tokens change earlier answers', async () => {
      const question = { batch: 1, past: 4, fresh: 6 }
      const factors = someFactors(question)
      const longer = await run({ ...question, factors, targets: [0, 1, 2] })
      const shorter = await run({ batch: 1, past: 4, fresh: 3, factors: factors.slice(0, 7) })
      expect(distance(longer.logits, shorter.logits)).toBeLessThan(close)
    })

    it('computes the last block for target rows as it would for all', async () => {
      const question = { batch: 3, past: 4, fresh: 5, targets: [4, 2] }
      const { model } = inspectGraph(file)
      const whole = await openRewrite(
        rewriteDecoder(model, variant, { model: 'a', file: 'b' }, { narrowed: false }),
        dirname(file),
      )
      const factors = someFactors(question)
      const expected = await ask(whole, decoder, { ...question, factors })
      expect(answerDistance(await run({ ...question, factors }), expected)).toBeLessThan(close)
      await whole.release()
    })

    it('stays finite where a query sees no key', async () => {
      const question = { batch: 2, past: 2, fresh: 3, mask: [0, 0, 0, 1, 1, 1, 1, 1, 1, 1] }
      const { logits } = await run({ ...question, factors: someFactors(question) })
      expect(logits.data.every(Number.isFinite)).toBe(true)
    })
  })

  it('plain: a factor on a past position is a factor on its keys', async () => {
    const question = { batch: 2, past: 4, fresh: 3 }
    const factors = Float32Array.of(0.5, 1, 0.1, 1.5, 1, 1, 1, 1, 0, 1, 0.7, 1, 1, 1)
    const scaled = await askOriginal(plain, await rewritten('plain'), {
      ...question,
      change: (feeds) => scaleKeys(feeds, factors, question),
    })
    expect(distance((await askOnce('plain', { ...question, factors })).logits, scaled.logits)).toBeLessThan(close)
  })

  it('shifted: a factor that is the same for all keys is the plain one, for a softmax ignores a constant', async () => {
    const question = { batch: 2, past: 4, fresh: 3, factors: new Float32Array(14).fill(0.3) }
    const [shifted, scaled] = [await askOnce('shifted', question), await askOnce('plain', question)]
    expect(distance(shifted.logits, scaled.logits)).toBeLessThan(close)
  })

  it('shifted: leaves the least visible score alone, so it is another rule than plain', async () => {
    const question = { batch: 1, past: 4, fresh: 3, factors: Float32Array.of(1, 0.1, 1, 1, 1, 1, 1) }
    const [shifted, scaled] = [await askOnce('shifted', question), await askOnce('plain', question)]
    expect(distance(shifted.logits, scaled.logits)).toBeGreaterThan(1e-4)
  })

  it.each([
    ['log', 0],
    ['mask', 0.5],
  ] as const)('%s: a key at its lowest is a key that the attention mask hides', async (variant, factor) => {
    const question = { batch: 2, past: 4, fresh: 3 }
    const mask = [1, 0, 1, 1, 1, 1, 1, 1, 1, 0, 0, 1, 1, 1]
    const factors = Float32Array.from(mask, (visible) => (visible === 1 ? 1 : factor))
    const hidden = await askOriginal(plain, await rewritten(variant), { ...question, mask })
    expect(distance((await askOnce(variant, { ...question, factors })).logits, hidden.logits)).toBeLessThan(close)
  })

  function rewritten(variant: Variant): Promise<InstrumentedDecoder> {
    return instrumentDecoder(file, variant, null)
  }

  async function askOnce(variant: Variant, question: Suppressed): ReturnType<typeof ask> {
    const decoder = await rewritten(variant)
    const session = await openRewrite(decoder, decoder.weightsFolder)
    const answer = await ask(session, decoder, question)
    await session.release()
    return answer
  }
})

describe('the embedded model', () => {
  it('computes nine products for target rows only: query, scores, values, and all that follow', async () => {
    const { bytes } = await instrumentDecoder(embedded.file, 'shifted', null)
    const { node } = fromBinary(ModelProtoSchema, bytes).graph ?? { node: [] }
    const chosen = new Set(['target_positions'])
    const products = node.filter(({ opType, input, output }) => {
      if (!input.some((tensor) => chosen.has(tensor))) return false
      output.forEach((tensor) => chosen.add(tensor))
      return opType === 'MatMul'
    })
    // query, scores, values, output projection, two of the feed-forward, two of the adapter, head
    expect(products).toHaveLength(9)
  })
})

function scaleKeys(
  feeds: Record<string, Tensor>,
  factors: Float32Array,
  { batch, past, fresh }: Question,
): Record<string, Tensor> {
  const scaled = Object.entries(feeds).map(([name, tensor]) => {
    if (!name.endsWith('.key') || tensor.kind !== 'float') return [name, tensor]
    const [, heads = 0, , size = 0] = tensor.shape
    const factorAt = (index: number): number => {
      const key = Math.floor(index / size) % past
      return factors[Math.floor(index / (size * past * heads)) * (past + fresh) + key] ?? NaN
    }
    return [
      name,
      float(
        tensor.data.map((value, index) => value * factorAt(index)),
        batch,
        heads,
        past,
        size,
      ),
    ]
  })
  return Object.fromEntries(scaled) as Record<string, Tensor>
}
