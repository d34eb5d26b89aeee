import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Engine, ExplainRequest } from '../../src/main/engine/engine.ts'
import { openEngine } from '../../src/main/engine/local-engine.ts'
import { spanRelevance } from '../../src/shared/atman/relevance.ts'
import { maskOnGrid } from '../../src/shared/metrics/object-mask.ts'
import { targetIndex } from '../../src/shared/values/brand.ts'
import type { Explanation } from '../../src/shared/explanation/record.ts'
import { defaultSampling, defaultSuppression, variants } from '../../src/shared/explanation/parameters.ts'
import { explanationOf } from '../helpers/explanation-of.ts'
import { sampleMask, samplePicture } from '../helpers/samples.ts'
import { embeddedModel, openTestModel, testOptions } from '../helpers/test-model.ts'
import { prepareSweep } from '../../src/main/evaluation/prepared-sweep.ts'
import { fullPass } from '../../src/main/evaluation/naive-loop.ts'

let engine: Engine

beforeAll(async () => {
  engine = openEngine(testOptions)
  await engine.load(embeddedModel)
})
afterAll(() => engine.close())

const question: ExplainRequest = {
  picture: samplePicture('cats'),
  prompt: 'This is a picture of',
  target: null,
  token: null,
  sampling: defaultSampling,
  suppression: defaultSuppression,
  inputs: 'image',
  targets: 'completion',
  chunks: null,
  coarse: false,
}

const ask = (change: Partial<ExplainRequest> = {}): Promise<Explanation> => explanationOf(engine, { ...question, ...change })

/** Relevance of all patches for the completion token of that text. */
function mapOf({ targets, relevance }: Explanation, text: string): Float32Array {
  const column = targets.findIndex((target) => target.text === text)
  if (column < 0) throw new Error(`"${text}" is not among ${targets.map((target) => target.text).join('|')}`)
  return spanRelevance(relevance, [targetIndex(column)]).subarray(0, 144)
}

function strongest(map: Float32Array): number {
  return map.indexOf(Math.max(...map))
}

describe('explaining', () => {
  it.each(variants)('finds no relevance where nothing is suppressed: %s', async (variant) => {
    const { relevance } = await ask({ suppression: { ...defaultSuppression, variant, strength: 0 } })
    expect(relevance.values.every((value) => value === 0)).toBe(true)
  })

  it.each(variants)('gives the unchanged probabilities to factors of 1 that are really run: %s', async (variant) => {
    const model = await openTestModel()
    const { setup } = await prepareSweep(model, samplePicture('one'), question.prompt, { ...defaultSuppression, variant })
    const ones = await fullPass(model, setup, new Float32Array(setup.length).fill(1))
    const plain = await fullPass(model, { ...setup, suppression: defaultSuppression }, null)
    ones.forEach((logprob, target) => expect(logprob).toBeCloseTo(plain[target] ?? Number.NaN, 4))
    await model.release()
  })

  it('leaves earlier relevance unchanged when tokens are appended', async () => {
    const short = await ask({ target: ' three cats', inputs: 'all' })
    const long = await ask({ target: ' three cats and a dog', inputs: 'all' })
    for (let input = 0; input < 149; input++) {
      for (const target of [0, 1]) {
        const before = short.relevance.values[input * short.relevance.targets + target] ?? Number.NaN
        expect(long.relevance.values[input * long.relevance.targets + target]).toBeCloseTo(before, 4)
      }
    }
  })

  it('gives a word that occurs twice in the completion two maps', async () => {
    const { targets, relevance } = await ask({ target: ' a cat and a dog.' })
    const [first, second] = targets.filter(({ text }) => text === ' a').map(({ column }) => spanRelevance(relevance, [column]))
    expect(first).toBeDefined()
    expect(first).not.toEqual(second)
  })

  it('gives two targets different maps', async () => {
    const explanation = await ask()
    expect(mapOf(explanation, ' cats')).not.toEqual(mapOf(explanation, ' dog'))
  })

  it('finds a noun on the other side of a mirrored picture', async () => {
    for (const mirrored of [false, true]) {
      const picture = mirrored ? await mirror(question.picture) : question.picture
      const mask = await sampleMask('cats', mirrored)
      const grid = { rows: 12, columns: 12, start: 0 }
      const covered = maskOnGrid(mask, 4, grid, { left: 0, top: 0, width: mask.width, height: mask.height })
      const patch = strongest(mapOf(await ask({ picture, target: ' three cats and a dog.' }), ' dog'))
      expect(covered[patch]).toBeGreaterThan(0)
    }
  })

  it('explains one token as it explains all', async () => {
    const all = await ask()
    const one = await ask({ token: 1 })
    expect(one.targets.map(({ text, index }) => [text, index])).toEqual([[all.targets[1]?.text, 1]])
    const map = spanRelevance(all.relevance, [targetIndex(1)])
    one.relevance.values.forEach((value, input) => expect(value).toBeCloseTo(map[input] ?? Number.NaN, 4))
  })

  it('explains prompt tokens in the same passes', async () => {
    const some = await ask()
    const all = await ask({ targets: 'all' })
    expect(all.timings.passes).toBe(some.timings.passes)
    expect(all.targets.map(({ segment }) => segment)).toEqual([
      ...all.prompt.tokens.map(() => 'prompt'),
      ...all.completion.tokens.map(() => 'completion'),
    ])
    const own = spanRelevance(all.relevance, [targetIndex(all.prompt.tokens.length)])
    spanRelevance(some.relevance, [targetIndex(0)]).forEach((value, input) => expect(own[input]).toBeCloseTo(value, 4))
  })

  it('switches layers one by one', async () => {
    const none = await ask({ suppression: { ...defaultSuppression, layers: [] } })
    expect(Math.max(...none.relevance.values.map(Math.abs))).toBeLessThan(1e-4)
    const last = await ask({ suppression: { ...defaultSuppression, layers: [3] } })
    expect(Math.max(...last.relevance.values.map(Math.abs))).toBeGreaterThan(1e-2)
  })
})

async function mirror(picture: ExplainRequest['picture']): Promise<NonNullable<ExplainRequest['picture']>> {
  if (picture === null) throw new Error('no picture to mirror')
  return { name: 'mirrored', bytes: await sharp(picture.bytes).flop().png().toBuffer() }
}
