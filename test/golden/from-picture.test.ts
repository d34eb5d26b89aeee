import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Engine, ExplainRequest } from '../../src/main/engine/engine.ts'
import { openEngine } from '../../src/main/engine/local-engine.ts'
import type { Explanation } from '../../src/shared/explanation/record.ts'
import { defaultSampling } from '../../src/shared/explanation/parameters.ts'
import { explanationOf } from '../helpers/explanation-of.ts'
import { embeddedModel, testOptions } from '../helpers/test-model.ts'
import { agreement } from './agreement.ts'
import type { ReferenceCase } from './reference.ts'
import { referenceCases, referenceNumbers, referencePicture } from './reference.ts'

let engine: Engine

beforeAll(async () => {
  engine = openEngine(testOptions)
  await engine.load(embeddedModel)
})
afterAll(() => engine.close())

const requestFor = (
  reference: ReferenceCase,
  expected: ReferenceCase['variants'][number],
  target: string | null,
): ExplainRequest => ({
  picture: reference.picture === null ? null : referencePicture(reference.picture),
  prompt: reference.prompt,
  target,
  token: null,
  sampling: defaultSampling,
  suppression: {
    variant: expected.variant,
    strength: expected.f,
    threshold: expected.neighbourhood ? expected.kappa : null,
    layers: null,
  },
  inputs: 'all',
  targets: 'completion',
  chunks: null,
  coarse: false,
})

/** Rows whose neighbourhood rounding may decide: they are named in the reference and may be left out here, and only here. */
function closeRows({ close_to_kappa: pairs }: ReferenceCase): Set<number> {
  return new Set(pairs.map(([input]) => input))
}

function withoutRows(values: Float32Array, targets: number, left: ReadonlySet<number>): number[] {
  return [...values].filter((_, index) => !left.has(Math.floor(index / targets)))
}

describe.each(referenceCases.map((reference) => [reference.name, reference] as const))(
  '%s, from the picture itself',
  (name, reference) => {
    it.each(reference.variants)('agrees with PyTorch: $variant, neighbourhood $neighbourhood', async (expected) => {
      const explanation = await explanationOf(engine, requestFor(reference, expected, reference.target))
      const targets = explanation.targets.length
      const left = expected.neighbourhood ? closeRows(reference) : new Set<number>()
      if (left.size > 0 && expected.variant === 'shifted')
        console.info(`${name}: ${left.size} rows close to kappa left out of ${reference.sequence}`)
      const positions = explanation.relevance.values.subarray(0, reference.sequence * targets)
      const actual = withoutRows(positions, targets, left)
      const wanted = withoutRows(referenceNumbers(expected.relevance), targets, left)
      expect(agreement(actual, wanted, 2e-3, 2e-3).worst).toBeLessThanOrEqual(1)
    })

    it('cuts prompt and target into the same tokens', async () => {
      const [expected] = reference.variants
      if (expected === undefined) throw new Error('a reference case without a variant')
      const explanation: Explanation = await explanationOf(engine, {
        ...requestFor(reference, expected, reference.target),
        inputs: 'text',
      })
      expect(explanation.prompt.tokens.map(({ id }) => id)).toEqual(reference.prompt_ids)
      expect(explanation.completion.tokens.map(({ id }) => id)).toEqual(reference.target_ids)
    })

    it('is completed as PyTorch completes it', async () => {
      const [expected] = reference.variants
      if (expected === undefined) throw new Error('a reference case without a variant')
      const explanation = await explanationOf(engine, { ...requestFor(reference, expected, null), inputs: 'text' })
      expect(explanation.completion.text).toBe(reference.generated)
    })
  },
)
