import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Engine, ExplainRequest, JointRequest } from '../../src/main/engine/engine.ts'
import { openEngine } from '../../src/main/engine/local-engine.ts'
import { fullPass } from '../../src/main/evaluation/naive-loop.ts'
import { prepareSweep } from '../../src/main/evaluation/prepared-sweep.ts'
import { cosineSimilarity } from '../../src/shared/atman/similarity.ts'
import { jointRow } from '../../src/shared/atman/suppression.ts'
import type { JointPass } from '../../src/shared/explanation/joint-pass.ts'
import type { Explanation } from '../../src/shared/explanation/record.ts'
import type { Suppression } from '../../src/shared/explanation/parameters.ts'
import { defaultSampling, defaultSuppression } from '../../src/shared/explanation/parameters.ts'
import { element } from '../../src/shared/values/element.ts'
import { explanationOf } from '../helpers/explanation-of.ts'
import { samplePicture } from '../helpers/samples.ts'
import { embeddedModel, openTestModel, testOptions } from '../helpers/test-model.ts'
import { agreement } from './agreement.ts'

/** A joint pass must equal the naive pass within 1e-4 nats (method, section 4). */
const allowed = 1e-4
const question: ExplainRequest = {
  picture: samplePicture('cats'),
  prompt: 'This is a picture of',
  target: null,
  token: null,
  sampling: defaultSampling,
  suppression: defaultSuppression,
  inputs: 'all',
  targets: 'all',
  chunks: null,
  coarse: false,
}
const never = new AbortController().signal

let engine: Engine
let explanation: Explanation

beforeAll(async () => {
  engine = openEngine(testOptions)
  await engine.load(embeddedModel)
  explanation = await explanationOf(engine, question)
})
afterAll(() => engine.close())

function jointly(suppression: Suppression, ...parts: readonly (readonly number[])[]): Promise<readonly JointPass[]> {
  const completion = explanation.completion.tokens.map(({ id }) => id)
  const request: JointRequest = {
    picture: question.picture,
    prompt: question.prompt,
    completion,
    suppression,
    targets: 'all',
    parts,
  }
  return engine.jointPasses(request, never)
}

describe('a joint pass', () => {
  it('of one input is that input’s row of the sweep: patches, a prompt token, a completion token', async () => {
    const { relevance, targets } = explanation
    const members = [0, 77, 143, 146, 150]
    const passes = await jointly(defaultSuppression, ...members.map((member) => [member]))
    for (const [place, member] of members.entries()) {
      const pass = element(passes, place)
      expect(pass.members).toEqual([member])
      const row = relevance.values.subarray(member * targets.length, (member + 1) * targets.length)
      expect(agreement(pass.relevance, row, allowed, 0).largest).toBeLessThanOrEqual(allowed)
      const width = targets.length * 5
      const candidates = relevance.candidates.subarray(member * width, (member + 1) * width)
      expect(agreement(pass.candidates, candidates, allowed, 0).largest).toBeLessThanOrEqual(allowed)
    }
  })

  it.each([defaultSuppression, { ...defaultSuppression, threshold: null }, { ...defaultSuppression, strength: -0.5 }])(
    'of several inputs is the naive full pass: f $strength, κ $threshold',
    async (suppression) => {
      const parts = [[50, 51, 62, 63], [145, 12], Array.from({ length: 144 }, (_, patch) => patch)]
      const passes = await jointly(suppression, ...parts)
      const model = await openTestModel()
      const { setup } = await prepareSweep(model, question.picture, question.prompt, suppression, 'all')
      const similarity = cosineSimilarity(setup.embeddings, setup.length, model.info.hiddenSize)
      const baseline = await fullPass(model, setup, null)
      for (const [place, members] of parts.entries()) {
        const suppressed = await fullPass(model, setup, jointRow(members, setup.length, similarity, suppression))
        const naive = baseline.map((logprob, target) => logprob - element(suppressed, target))
        expect(agreement(element(passes, place).relevance, naive, allowed, 0).largest).toBeLessThanOrEqual(allowed)
        expect(element(passes, place).neighbours).toBe(suppression.threshold !== null)
      }
      await model.release()
    },
  )

  it('finds nothing where nothing is suppressed', async () => {
    const [pass] = await jointly({ ...defaultSuppression, strength: 0 }, [1, 2, 3])
    expect(pass?.relevance.every((nats) => nats === 0)).toBe(true)
  })

  it('refuses positions that the model does not read', async () => {
    const positions = 144 + explanation.prompt.tokens.length + explanation.completion.tokens.length - 1
    await expect(jointly(defaultSuppression, [0], [positions])).rejects.toMatchObject({
      failure: { code: 'position-out-of-range', data: { position: positions, positions } },
    })
  })
})
