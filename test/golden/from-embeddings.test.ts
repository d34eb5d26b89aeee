import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { factorRows, listInputs } from '../../src/shared/atman/inputs.ts'
import { sequenceOf } from '../../src/shared/sequence/sequence.ts'
import { cosineSimilarity } from '../../src/shared/atman/similarity.ts'
import type { Suppression } from '../../src/shared/explanation/parameters.ts'
import { embeddedImage } from '../../src/main/engine/picture/embed-image.ts'
import { ImageBank } from '../../src/main/engine/explain/image-bank.ts'
import { localRunner } from '../../src/main/engine/explain/local-runner.ts'
import type { LoadedModel } from '../../src/main/engine/model/model.ts'
import { runSweep } from '../../src/main/engine/explain/sweep.ts'
import { closeModel, openTestModel, unknownPicture } from '../helpers/test-model.ts'
import { lastOf } from '../../src/main/engine/explain/last-of.ts'
import { agreement } from './agreement.ts'
import type { ReferenceCase } from './reference.ts'
import { referenceCases, referenceNumbers } from './reference.ts'

let model: LoadedModel

beforeAll(async () => {
  model = await openTestModel()
})
afterAll(() => closeModel(model))

const text = { promptText: '', completionText: '' }

/** Factors of every position, as the app computes them from the stored embeddings. */
function factorsOf({ sequence, embeddings, image_tokens: patches }: ReferenceCase, suppression: Suppression): Float32Array {
  const similarity = cosineSimilarity(referenceNumbers(embeddings), sequence, model.info.hiddenSize)
  const token = { id: 0, text: '', span: { start: 0, end: 0 } }
  const rest = Array.from({ length: sequence - patches + 1 }, () => token) as never[]
  const inputs = listInputs({
    ...text,
    sequence: sequenceOf({
      grid: patches === 0 ? null : { rows: 12, columns: 12, start: 0 },
      prompt: [],
      completion: rest,
    }),
    selection: 'all',
    chunks: null,
  }).slice(0, sequence)
  return factorRows(inputs, sequence, similarity, suppression)
}

async function relevanceOf(reference: ReferenceCase, suppression: Suppression) {
  const embeddings = referenceNumbers(reference.embeddings)
  const patches = reference.image_tokens
  const image =
    patches === 0
      ? null
      : await embeddedImage(model, embeddings.slice(0, patches * model.info.hiddenSize), unknownPicture(reference.name))
  const runner = localRunner(model, { find: () => image }, new ImageBank(256 * 2 ** 20))
  const first = reference.sequence - reference.target_ids.length
  const targets = reference.target_ids.map((id, index) => ({ at: first + index, id }))
  const setup = {
    embeddings,
    length: reference.sequence,
    picture: image === null ? null : reference.name,
    suppression,
    targets,
  }
  const open = await runner.open(setup, new AbortController().signal)
  const factors = factorsOf(reference, suppression)
  const rows = { count: reference.sequence, sequence: reference.sequence, factors, patchesFirst: patches > 0 }
  return { factors, baseline: open.baseline.logprobs, relevance: await lastOf(runSweep(runner, open, rows)) }
}

describe.each(referenceCases.map((reference) => [reference.name, reference] as const))(
  '%s, from its stored embeddings',
  (_, reference) => {
    it.each(reference.variants)('agrees with PyTorch: $variant, neighbourhood $neighbourhood', async (expected) => {
      const { variant, neighbourhood, f: strength, kappa } = expected
      const { factors, baseline, relevance } = await relevanceOf(reference, {
        variant,
        strength,
        threshold: neighbourhood ? kappa : null,
        layers: null,
      })
      expect(agreement(factors, referenceNumbers(expected.factors), 1e-5, 0).worst).toBeLessThanOrEqual(1)
      const own = reference.baseline_logprobs.map(
        (_logprob, target) => baseline[target * (baseline.length / reference.target_ids.length)] ?? NaN,
      )
      expect(agreement(own, reference.baseline_logprobs, 1e-4, 1e-3).worst).toBeLessThanOrEqual(1)
      expect(agreement(relevance.values, referenceNumbers(expected.relevance), 1e-4, 1e-3).worst).toBeLessThanOrEqual(1)
    })
  },
)
