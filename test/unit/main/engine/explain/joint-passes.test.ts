import { describe, expect, it } from 'vitest'
import type { ExplainRequest, JointRequest } from '../../../../../src/main/engine/engine.ts'
import { explain } from '../../../../../src/main/engine/explain/explain.ts'
import { ImageBank } from '../../../../../src/main/engine/explain/image-bank.ts'
import { jointPasses } from '../../../../../src/main/engine/explain/joint-passes.ts'
import { localRunner } from '../../../../../src/main/engine/explain/local-runner.ts'
import { sweepSetup } from '../../../../../src/main/engine/explain/pass-runner.ts'
import { watchedTargets } from '../../../../../src/main/engine/explain/watched-targets.ts'
import { embedSequence } from '../../../../../src/main/engine/sequence/embedded-sequence.ts'
import { fullPass } from '../../../../../src/main/evaluation/naive-loop.ts'
import { cosineSimilarity } from '../../../../../src/shared/atman/similarity.ts'
import { jointRow } from '../../../../../src/shared/atman/suppression.ts'
import { failureOf } from '../../../../../src/shared/contract/failure.ts'
import { defaultSampling, defaultSuppression } from '../../../../../src/shared/explanation/parameters.ts'
import { tokenId } from '../../../../../src/shared/values/brand.ts'
import { element, lastElement } from '../../../../../src/shared/values/element.ts'
import { collectAll } from '../../../../helpers/collect-all.ts'
import type { TinyModel } from '../../../../helpers/tiny-model.ts'
import { only, tinyGrid, tinyModel, tinyPicture, vocabulary } from '../../../../helpers/tiny-model.ts'

const never = new AbortController().signal
const picture = { name: 'p.png', bytes: new Uint8Array() }
const completion = [' cat', ' and', '.'].map((word) => tokenId(vocabulary.findIndex((each) => each === word)))
const request: JointRequest = {
  picture,
  prompt: 'see a red',
  completion,
  suppression: { ...defaultSuppression, strength: 0.5 },
  targets: 'all',
  parts: [[0, 7], [3]],
}

async function benchOf(model: TinyModel) {
  const image = await tinyPicture(model)
  return { model, image, pictures: only(image), runner: localRunner(model, only(image), new ImageBank(2 ** 20)) }
}

describe('jointPasses', () => {
  it.each([0, 2])('are the naive full passes of their factor rows, the picture at %d', async (start) => {
    const model = tinyModel({ grid: { ...tinyGrid, start } })
    const bench = await benchOf(model)
    const passes = await jointPasses(bench, request, never)
    const sequence = await embedSequence(
      model,
      bench.image,
      model.tokenizer.encode(request.prompt),
      model.tokenizer.decodeTokens(completion),
    )
    const setup = sweepSetup(sequence, bench.image, request.suppression, watchedTargets(sequence, 'all', null))
    const similarity = cosineSimilarity(sequence.embeddings, sequence.length, 4)
    const baseline = await fullPass(model, setup, null)
    for (const [place, part] of request.parts.entries()) {
      const suppressed = await fullPass(model, setup, jointRow(part, sequence.length, similarity, request.suppression))
      const pass = element(passes, place)
      expect(pass).toMatchObject({ members: part, neighbours: true })
      expect(pass.relevance).toHaveLength(setup.targets.length)
      expect(pass.candidates).toHaveLength(setup.targets.length * 5)
      baseline.forEach((logprob, target) => expect(pass.relevance[target]).toBeCloseTo(logprob - element(suppressed, target), 4))
    }
  })
  it('give for one position its row of the sweep, with the candidates', async () => {
    const bench = await benchOf(tinyModel())
    const asked: ExplainRequest = {
      ...request,
      target: ' cat and.',
      token: null,
      sampling: defaultSampling,
      inputs: 'all',
      chunks: null,
      coarse: false,
    }
    const done = lastElement((await collectAll(explain(bench, asked, never))).events)
    if (done.kind !== 'done') throw new Error('there is no explanation')
    const { relevance, targets } = done.explanation
    const parts = [0, 5, 6, 10].map((member) => [member])
    const passes = await jointPasses(bench, { ...request, parts }, never)
    for (const { members, relevance: nats, candidates } of passes) {
      const row = element(members, 0)
      nats.forEach((value, target) => expect(value).toBeCloseTo(element(relevance.values, row * targets.length + target), 5))
      candidates.forEach((value, place) =>
        expect(value).toBeCloseTo(element(relevance.candidates, row * targets.length * 5 + place), 5),
      )
    }
  })
  it('say whether neighbours went with the part, and name each member once, ascending', async () => {
    const bench = await benchOf(tinyModel())
    const single = { ...request, suppression: { ...defaultSuppression, threshold: null }, parts: [[7, 0, 7]] }
    expect(await jointPasses(bench, single, never)).toMatchObject([{ members: [0, 7], neighbours: false }])
  })
  it('run one pass for a part, over no other part’s factors', async () => {
    const model = tinyModel()
    const bench = await benchOf(model)
    const before = model.runs.length
    await jointPasses(bench, { ...request, parts: [[0, 7]] }, never)
    expect(model.runs.slice(before).map(({ batch, factors }) => [batch, factors === null])).toEqual([
      [1, true],
      [1, false],
    ])
  })
  it('refuse positions that are not read, and layers that are not there', async () => {
    const bench = await benchOf(tinyModel())
    const refused = (change: Partial<JointRequest>) => jointPasses(bench, { ...request, ...change }, never).catch(failureOf)
    expect(await refused({ parts: [[0], [10]] })).toHaveLength(2)
    expect(await refused({ parts: [[0], [11]] })).toEqual({
      code: 'position-out-of-range',
      data: { position: 11, positions: 11 },
    })
    expect(await refused({ suppression: { ...defaultSuppression, layers: [9] } })).toMatchObject({ code: 'layer-out-of-range' })
  })
})
