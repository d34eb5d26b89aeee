import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { defaultSuppression } from '../../src/shared/explanation/parameters.ts'
import { ImageBank } from '../../src/main/engine/explain/image-bank.ts'
import { localRunner } from '../../src/main/engine/explain/local-runner.ts'
import type { LoadedModel } from '../../src/main/engine/model/model.ts'
import { runSweep } from '../../src/main/engine/explain/sweep.ts'
import { naiveRelevance } from '../../src/main/evaluation/naive-loop.ts'
import { lastOf } from '../../src/main/engine/explain/last-of.ts'
import type { PreparedSweep } from '../../src/main/evaluation/prepared-sweep.ts'
import { prepareSweep } from '../../src/main/evaluation/prepared-sweep.ts'
import { openTestModel } from '../helpers/test-model.ts'
import { agreement } from './agreement.ts'
import { referencePicture } from './reference.ts'

const pictures = [0, 1, 2, 3, 4].map((index) => `picture${index}.png`)
const prompts = ['This is a picture of', 'Q: How many animals are there? A:', 'Q: What is in the center? A:']

const models = new Map<number | null, LoadedModel>()
const modelWith = (batch: number | null): LoadedModel => models.get(batch) ?? fallThrough()
const fallThrough = (): never => {
  throw new Error('no such model was opened')
}

beforeAll(async () => {
  for (const batch of [null, 1, 8, 16]) models.set(batch, await openTestModel({ batch }))
})
afterAll(async () => {
  for (const model of models.values()) await model.release()
})

async function sweepWith({ image, setup, rows }: PreparedSweep, batch: number | null, bank: ImageBank): Promise<Float32Array> {
  const runner = localRunner(modelWith(batch), { find: () => image }, bank)
  const open = await runner.open(setup, new AbortController().signal)
  return (await lastOf(runSweep(runner, open, rows))).values
}

/** Every shortcut must equal the naive loop within 1e-4 nats (method, section 4). */
const allowed = 1e-4

describe.each(pictures)('%s', (name) => {
  it.each(prompts)('every shortcut equals the naive loop: %s', async (prompt) => {
    const prepared = await prepareSweep(modelWith(null), referencePicture(name), prompt, defaultSuppression, 'all')
    const naive = await naiveRelevance(modelWith(null), prepared.setup, prepared.rows)
    const bank = new ImageBank(256 * 2 ** 20)
    const shortcuts: Record<string, Float32Array> = {
      'bank computed on the way': await sweepWith(prepared, null, bank),
      'bank ready': await sweepWith(prepared, null, bank),
      'bank too small to keep anything': await sweepWith(prepared, null, new ImageBank(0)),
      'prefixes only': await sweepWith({ ...prepared, rows: { ...prepared.rows, patchesFirst: false } }, null, bank),
      'batch of 1': await sweepWith(prepared, 1, new ImageBank(0)),
      'batch of 8': await sweepWith(prepared, 8, new ImageBank(0)),
      'batch of 16': await sweepWith(prepared, 16, new ImageBank(0)),
    }
    for (const [shortcut, relevance] of Object.entries(shortcuts)) {
      expect.soft(agreement(relevance, naive, allowed, 0).largest, shortcut).toBeLessThanOrEqual(allowed)
    }
  })
})

describe('without a picture', () => {
  it('prefixes of a document equal the naive loop', async () => {
    const prompt = 'Tom is a farmer. Mia is in the park. Ben has a red car. Q: What does Ben have? A:'
    const prepared = await prepareSweep(modelWith(null), null, prompt, defaultSuppression, 'all')
    const naive = await naiveRelevance(modelWith(null), prepared.setup, prepared.rows)
    expect(agreement(await sweepWith(prepared, null, new ImageBank(0)), naive, allowed, 0).largest).toBeLessThanOrEqual(allowed)
  })
})
