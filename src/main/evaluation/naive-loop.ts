import { logSoftmax } from '../../shared/atman/log-softmax.ts'
import { element, lastElement } from '../../shared/values/element.ts'
import { emptyKeyValues } from '../engine/runtime/key-values.ts'
import type { LoadedModel } from '../engine/model/model.ts'
import type { SweepSetup } from '../engine/explain/pass-runner.ts'
import type { FactorRows } from '../engine/explain/factor-rows.ts'

/**
 * The published loop, the yardstick of every shortcut: one full pass per input, batch 1, scores of the whole vocabulary at every position, nothing
 * reused. Relevance `[rows, targets]` in nats (paper Eq. 5).
 */
export async function naiveRelevance(
  model: LoadedModel,
  setup: SweepSetup,
  { count, factors }: FactorRows,
): Promise<Float32Array> {
  const { length, targets } = setup
  const baseline = await fullPass(model, setup, null)
  const relevance = new Float32Array(count * targets.length)
  for (let row = 0; row < count; row++) {
    const suppressed = await fullPass(model, setup, factors.subarray(row * length, (row + 1) * length))
    targets.forEach((_, target) => {
      relevance[row * targets.length + target] = element(baseline, target) - element(suppressed, target)
    })
  }
  return relevance
}

/** One pass over the whole sequence with the scores of every position; log-probabilities of the targets, in nats. */
export async function fullPass(
  model: LoadedModel,
  { embeddings, length, suppression, targets }: SweepSetup,
  factors: Float32Array | null,
): Promise<number[]> {
  const decoder = await model.decoder(suppression.variant)
  const { logits } = await decoder.forward({
    embeddings,
    batch: 1,
    past: emptyKeyValues(decoder.shape, 1),
    factors,
    layers: suppression.layers,
    targets: Array.from({ length }, (_, position) => position),
    ids: Array.from({ length }, () => [0]),
    want: { logits: true },
  })
  if (logits === null) throw new Error('the decoder left out what was wanted')
  const width = lastElement(logits.shape)
  return targets.map(({ at, id }) => element(logSoftmax(logits.data.subarray(at * width, (at + 1) * width)), id))
}
