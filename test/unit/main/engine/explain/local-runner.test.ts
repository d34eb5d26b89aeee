import { describe, expect, it } from 'vitest'
import { inputRows } from '../../../../../src/main/engine/explain/factor-rows.ts'
import { ImageBank } from '../../../../../src/main/engine/explain/image-bank.ts'
import { lastOf } from '../../../../../src/main/engine/explain/last-of.ts'
import { localRunner } from '../../../../../src/main/engine/explain/local-runner.ts'
import { sweepSetup } from '../../../../../src/main/engine/explain/pass-runner.ts'
import { runSweep } from '../../../../../src/main/engine/explain/sweep.ts'
import { watchedTargets } from '../../../../../src/main/engine/explain/watched-targets.ts'
import { embedSequence } from '../../../../../src/main/engine/sequence/embedded-sequence.ts'
import { fullPass, naiveRelevance } from '../../../../../src/main/evaluation/naive-loop.ts'
import { listInputs } from '../../../../../src/shared/atman/inputs.ts'
import { failureOf } from '../../../../../src/shared/contract/failure.ts'
import type { Suppression } from '../../../../../src/shared/explanation/parameters.ts'
import { defaultSuppression, variants } from '../../../../../src/shared/explanation/parameters.ts'
import { element } from '../../../../../src/shared/values/element.ts'
import type { TinyModel } from '../../../../helpers/tiny-model.ts'
import { only, tinyGrid, tinyModel, tinyPicture } from '../../../../helpers/tiny-model.ts'

const never = new AbortController().signal
const [promptText, completionText] = ['see a red', ' cat and dog.']

async function prepare(model: TinyModel, picture: boolean, suppression: Suppression = defaultSuppression) {
  const image = picture ? await tinyPicture(model) : null
  const sequence = await embedSequence(model, image, model.tokenizer.encode(promptText), model.tokenizer.encode(completionText))
  const setup = sweepSetup(sequence, image, suppression, watchedTargets(sequence, 'all', null))
  const inputs = listInputs({ sequence, promptText, completionText, selection: 'all', chunks: 'sentence' })
  return { image, setup, rows: inputRows(inputs, sequence, suppression) }
}

async function sweepOf(model: TinyModel, prepared: Awaited<ReturnType<typeof prepare>>, bank = new ImageBank(0)) {
  const runner = localRunner(model, only(prepared.image), bank)
  return lastOf(runSweep(runner, await runner.open(prepared.setup, never), prepared.rows))
}

function expectAlike(actual: Float32Array, expected: Float32Array): void {
  expect(actual).toHaveLength(expected.length)
  actual.forEach((value, place) => expect(value).toBeCloseTo(element(expected, place), 4))
}

describe('localRunner', () => {
  it.each(variants)('equals the naive loop by bank, kept bank and prefixes: %s', async (variant) => {
    const model = tinyModel()
    const prepared = await prepare(model, true, { ...defaultSuppression, variant, strength: 0.6 })
    const naive = await naiveRelevance(model, prepared.setup, prepared.rows)
    expect(naive.some((nats) => Math.abs(nats) > 0.01)).toBe(true)
    const bank = new ImageBank(2 ** 20)
    for (const kept of [bank, bank, new ImageBank(0)]) expectAlike((await sweepOf(model, prepared, kept)).values, naive)
  })
  it.each([1, 2, 3])('equals the naive loop with words before the picture: %d', async (start) => {
    const model = tinyModel({ grid: { ...tinyGrid, start } })
    const prepared = await prepare(model, true)
    const naive = await naiveRelevance(model, prepared.setup, prepared.rows)
    expectAlike((await sweepOf(model, prepared, new ImageBank(2 ** 20))).values, naive)
  })
  it('equals the naive loop without a picture and with some layers only', async () => {
    const model = tinyModel()
    const prepared = await prepare(model, false, { ...defaultSuppression, layers: [1] })
    expectAlike((await sweepOf(model, prepared)).values, await naiveRelevance(model, prepared.setup, prepared.rows))
  })
  it('measures the unchanged run: the watched token first, then the best five', async () => {
    const model = tinyModel()
    const { image, setup } = await prepare(model, true)
    const { baseline } = await localRunner(model, only(image), new ImageBank(0)).open(setup, never)
    const naive = await fullPass(model, setup, null)
    naive.forEach((logprob, target) => expect(baseline.logprobs[target * 6]).toBeCloseTo(logprob, 4))
    baseline.candidates.forEach((candidates, target) => {
      expect(candidates).toHaveLength(5)
      candidates.forEach(({ logprob }, place) => expect(baseline.logprobs[target * 6 + 1 + place]).toBeCloseTo(logprob, 5))
    })
  })
  it('runs the text only where the bank has the picture, and only the text is computed for it', async () => {
    const model = tinyModel()
    const prepared = await prepare(model, true)
    const bank = new ImageBank(2 ** 20)
    await sweepOf(model, prepared, bank)
    const before = model.runs.length
    await sweepOf(model, prepared, bank)
    const banked = model.runs.slice(before).filter(({ batch }) => batch > 1)
    expect(banked.some(({ past }) => past.positions === 6)).toBe(true)
    expect(model.runs.slice(before).every(({ want }) => want.keyValues !== true || want.logits === true)).toBe(true)
  })
  it('asks for a target at the first position it computes', async () => {
    const model = tinyModel({ limits: { rows: 1 } })
    const prepared = await prepare(model, false, { ...defaultSuppression, threshold: null })
    const before = model.runs.length
    await sweepOf(model, prepared)
    // The second token's row starts at position 1, whose output predicts the third token.
    const second = model.runs.slice(before).find(({ past, factors }) => factors !== null && past.positions === 1)
    expect(second?.targets[0]).toBe(0)
    expect(second?.targets).toHaveLength(5)
  })
  it('says whether the bank was ready, and that there is none without a picture or room', async () => {
    const model = tinyModel()
    const bank = new ImageBank(2 ** 20)
    const prepared = await prepare(model, true)
    const openWith = async (kept: ImageBank) =>
      (await localRunner(model, only(prepared.image), kept).open(prepared.setup, never)).bank
    expect(await openWith(bank)).toMatchObject({ ready: false })
    await sweepOf(model, prepared, bank)
    expect(await openWith(bank)).toMatchObject({ ready: true })
    expect(await openWith(new ImageBank(0))).toBeNull()
    const text = await prepare(model, false)
    expect((await localRunner(model, only(null), bank).open(text.setup, never)).bank).toBeNull()
  })
  it('needs the embedded picture that the sequence begins with', async () => {
    const model = tinyModel()
    const { setup } = await prepare(model, true)
    await expect(localRunner(model, only(null), new ImageBank(0)).open(setup, never)).rejects.toThrow('the embedded picture')
  })
  it('refuses numbers that are not finite, in the unchanged run and in any pass', async () => {
    const broken = tinyModel({ bend: (scores, at) => (at === 8 ? scores.fill(Number.NaN) : scores) })
    const prepared = await prepare(broken, true)
    const refused = { code: 'model-not-finite', data: { model: 'tiny' } }
    const runner = localRunner(broken, only(prepared.image), new ImageBank(0))
    expect(await runner.open(prepared.setup, never).catch(failureOf)).toEqual(refused)
    let calls = 0
    const later = tinyModel({ bend: (scores) => (++calls > 9 ? scores.fill(Number.NaN) : scores) })
    const text = await prepare(later, false)
    expect(await sweepOf(later, text).catch(failureOf)).toEqual(refused)
  })
  it('ends between two batches when it is cancelled', async () => {
    const model = tinyModel({ limits: { rows: 1 } })
    const { image, setup, rows } = await prepare(model, true)
    const controller = new AbortController()
    const runner = localRunner(model, only(image), new ImageBank(0))
    const sweep = runSweep(runner, await runner.open(setup, controller.signal), rows)
    await sweep.next()
    await sweep.next()
    controller.abort()
    const ran = model.runs.length
    expect(await sweep.next().catch(failureOf)).toMatchObject({ code: 'cancelled' })
    expect(model.runs).toHaveLength(ran)
    expect(await runner.open(setup, controller.signal).catch(failureOf)).toMatchObject({ code: 'cancelled' })
  })
})
