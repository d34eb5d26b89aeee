import { describe, expect, it } from 'vitest'
import type { ExplainEvent, ExplainRequest } from '../../../../../src/main/engine/engine.ts'
import { explain } from '../../../../../src/main/engine/explain/explain.ts'
import { ImageBank } from '../../../../../src/main/engine/explain/image-bank.ts'
import { localRunner } from '../../../../../src/main/engine/explain/local-runner.ts'
import type { PassRunner, SweepSetup } from '../../../../../src/main/engine/explain/pass-runner.ts'
import { failureOf } from '../../../../../src/shared/contract/failure.ts'
import type { Explanation } from '../../../../../src/shared/explanation/record.ts'
import { defaultSampling, defaultSuppression } from '../../../../../src/shared/explanation/parameters.ts'
import { element, lastElement } from '../../../../../src/shared/values/element.ts'
import { collectAll } from '../../../../helpers/collect-all.ts'
import type { TinyModel } from '../../../../helpers/tiny-model.ts'
import { only, tinyModel, tinyPicture } from '../../../../helpers/tiny-model.ts'

const never = new AbortController().signal
const request: ExplainRequest = {
  picture: { name: 'p.png', bytes: new Uint8Array() },
  prompt: 'see a red',
  target: ' cat and dog.',
  token: null,
  sampling: defaultSampling,
  suppression: defaultSuppression,
  inputs: 'all',
  targets: 'completion',
  chunks: null,
  coarse: true,
}
/** 4 x 4 cells: large enough for a coarse map of 3 x 3 blocks. */
const grid = { rows: 4, columns: 4, start: 0 }

/** A bench whose runner notes what it opens. */
async function benchOf(model: TinyModel, bank = new ImageBank(0)) {
  const pictures = only(await tinyPicture(model))
  const local = localRunner(model, pictures, bank)
  const opened: SweepSetup[] = []
  const open: PassRunner['open'] = (setup, signal) => {
    opened.push(setup)
    return local.open(setup, signal)
  }
  return { model, pictures, opened, runner: { ...local, open } }
}
type Bench = Awaited<ReturnType<typeof benchOf>>

async function eventsOf(bench: Bench, change: Partial<ExplainRequest> = {}): Promise<readonly ExplainEvent[]> {
  return (await collectAll(explain(bench, { ...request, ...change }, never))).events
}

function explanationIn(events: readonly ExplainEvent[]): Explanation {
  const done = lastElement(events)
  if (done.kind !== 'done') throw new Error('there is no explanation')
  return done.explanation
}

const kindsOf = (events: readonly ExplainEvent[]) => [...new Set(events.map(({ kind }) => kind))]

describe('explain', () => {
  it('yields each step as soon as it is there, in the order of the method', async () => {
    const events = await eventsOf(await benchOf(tinyModel({ grid })))
    expect(kindsOf(events)).toEqual([
      'image-ready',
      'prompt',
      'token',
      'completion',
      'coarse',
      'sweep-progress',
      'relevance',
      'done',
    ])
    const relevance = events.find((event) => event.kind === 'relevance')
    expect(explanationIn(events)).toMatchObject({ inputs: relevance?.inputs, targets: relevance?.targets })
    expect(explanationIn(events).inputs).toHaveLength(16 + 3 + 3)
  })
  it('runs every pass on the runner it is handed', async () => {
    const bench = await benchOf(tinyModel({ grid }))
    await eventsOf(bench)
    expect(bench.opened).toHaveLength(1)
    expect(bench.opened[0]).toMatchObject({ length: 22, picture: 'picture', suppression: defaultSuppression })
  })
  it('makes a coarse map only where it is asked for, there is a picture in the inputs, and the bank is not ready', async () => {
    const bank = new ImageBank(2 ** 20)
    const bench = await benchOf(tinyModel({ grid }), bank)
    const coarse = async (change: Partial<ExplainRequest> = {}) => kindsOf(await eventsOf(bench, change)).includes('coarse')
    expect(await coarse({ coarse: false, inputs: 'text' })).toBe(false)
    expect(await coarse({ inputs: 'text' })).toBe(false)
    expect(await coarse({ inputs: 'image' })).toBe(true)
    expect(await coarse()).toBe(false)
    expect(await coarse({ suppression: { ...defaultSuppression, strength: 0.8 } })).toBe(true)
    expect(await coarse({ suppression: { ...defaultSuppression, strength: 0.7 }, coarse: false })).toBe(false)
  })
  it('counts the passes that were really run: none for a row that changes nothing', async () => {
    const bench = await benchOf(tinyModel())
    expect(explanationIn(await eventsOf(bench)).timings.passes).toBe(6 + 3 + 3)
    const none = explanationIn(await eventsOf(bench, { suppression: { ...defaultSuppression, strength: 0 } }))
    expect(none.timings.passes).toBe(0)
    expect(none.relevance.values.every((nats) => nats === 0)).toBe(true)
  })
  it('says how the bank was before the sweep', async () => {
    const bench = await benchOf(tinyModel(), new ImageBank(2 ** 20))
    const bankOf = async (change: Partial<ExplainRequest> = {}) => explanationIn(await eventsOf(bench, change)).timings.bank
    expect([await bankOf(), await bankOf()]).toEqual(['cold', 'warm'])
    expect(await bankOf({ picture: null })).toBe('none')
  })
  it('reads nothing after a token that is explained alone, and finds for it what it finds among all', async () => {
    const bench = await benchOf(tinyModel())
    const all = explanationIn(await eventsOf(bench))
    const one = explanationIn(await eventsOf(bench, { token: 1 }))
    expect(bench.opened.map(({ length, targets }) => [length, targets.length])).toEqual([
      [12, 4],
      [10, 1],
    ])
    expect(one.inputs).toHaveLength(10)
    expect(one.targets).toMatchObject([{ index: 1, text: ' and', column: 0 }])
    expect(one.completion.text).toBe(' cat and dog.')
    one.relevance.values.forEach((nats, input) => expect(nats).toBeCloseTo(element(all.relevance.values, input * 4 + 1), 5))
  })
  it('explains the prompt’s tokens where they are targets', async () => {
    const { targets } = explanationIn(await eventsOf(await benchOf(tinyModel()), { targets: 'all' }))
    expect(targets.map(({ segment, index }) => `${segment} ${index}`)).toEqual([
      'prompt 0',
      'prompt 1',
      'prompt 2',
      'completion 0',
      'completion 1',
      'completion 2',
      'completion 3',
    ])
  })
  it('lists chunks of the prompt where they are asked for', async () => {
    const bench = await benchOf(tinyModel())
    const chunksOf = async (chunks: ExplainRequest['chunks']) =>
      explanationIn(await eventsOf(bench, { chunks }))
        .inputs.filter(({ kind }) => kind === 'chunk')
        .map(({ text }) => text)
    expect(await chunksOf('sentence')).toEqual(['see a red'])
    expect(await chunksOf(null)).toEqual([])
  })
  it('gives the same numbers with words before the picture by every way there is', async () => {
    const model = tinyModel({ grid: { rows: 2, columns: 3, start: 2 } })
    const [one, other] = [
      await benchOf(model, new ImageBank(2 ** 20)),
      await benchOf(tinyModel({ grid: { rows: 2, columns: 3, start: 2 }, limits: { rows: 1 } })),
    ]
    const [first, second] = [explanationIn(await eventsOf(one)), explanationIn(await eventsOf(other))]
    expect(first.timings.bank).toBe('none')
    expect(first.inputs[2]).toMatchObject({ kind: 'patch', row: 0, column: 0, members: [2] })
    first.relevance.values.forEach((nats, cell) => expect(nats).toBeCloseTo(element(second.relevance.values, cell), 5))
  })
  it('refuses layers that the model does not have before it runs anything', async () => {
    const model = tinyModel()
    const bench = await benchOf(model)
    const before = model.runs.length
    const refused = await eventsOf(bench, { suppression: { ...defaultSuppression, layers: [2] } }).catch(failureOf)
    expect(refused).toMatchObject({ code: 'layer-out-of-range' })
    expect(model.runs).toHaveLength(before)
  })
})
