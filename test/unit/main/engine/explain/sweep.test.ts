import { describe, expect, it } from 'vitest'
import { runSweep, sweepWhole } from '../../../../../src/main/engine/explain/sweep.ts'
import { collectAll } from '../../../../helpers/collect-all.ts'
import { fakeRunner } from './fake-runner.ts'

/** Four rows over three positions; the third changes nothing. */
const rows = {
  count: 4,
  sequence: 3,
  factors: Float32Array.of(0.5, 1, 1, 1, 0.5, 0.5, 1, 1, 1, 1, 1, 0.75),
  patchesFirst: false,
}

describe('runSweep', () => {
  it('gives every row what it lost at every target and candidate, wherever it was run', async () => {
    const { runner, sweep, ran } = fakeRunner()
    const { result } = await collectAll(runSweep(runner, sweep, rows))
    expect(result).toMatchObject({ inputs: 4, targets: 2 })
    expect([...result.values]).toEqual([0.5, 2, 1, 4, 0, 0, 0.25, 1])
    expect([...result.candidates.subarray(0, 10)]).toEqual([1, 1.5, NaN, NaN, NaN, 2.5, 3, NaN, NaN, NaN])
    expect([...result.candidates.subarray(20, 30)]).toEqual([0, 0, NaN, NaN, NaN, 0, 0, NaN, NaN, NaN])
    expect(ran.flatMap((batch) => [...batch.rows]).sort()).toEqual([0, 1, 3])
  })
  it('hands each batch the factors of its own rows', async () => {
    const { runner, sweep, ran } = fakeRunner()
    await collectAll(runSweep(runner, sweep, rows))
    for (const { rows: own, factors } of ran)
      expect([...factors]).toEqual(own.flatMap((row) => [...rows.factors.subarray(row * 3, (row + 1) * 3)]))
  })
  it('counts passes from none to all of those that are run', async () => {
    const { runner, sweep } = fakeRunner()
    const { events } = await collectAll(runSweep(runner, sweep, rows))
    expect(events[0]).toEqual({ done: 0, total: 3 })
    expect(events.at(-1)).toEqual({ done: 3, total: 3 })
  })
  it('leaves rows to the bank only where they are its rows', async () => {
    for (const patchesFirst of [true, false]) {
      const { runner, sweep, ran } = fakeRunner(2, { rows: [{ rows: [0, 1] }], ready: true })
      await collectAll(runSweep(runner, sweep, { ...rows, patchesFirst }))
      const kinds = ran.flatMap((batch) => batch.rows.map((row) => [row, batch.kind] as const)).sort(([a], [b]) => a - b)
      expect(kinds.map(([, kind]) => kind)).toEqual(patchesFirst ? ['bank', 'bank', 'prefix'] : ['prefix', 'prefix', 'prefix'])
    }
  })
})

describe('sweepWhole', () => {
  it('yields its progress as events and counts the passes that were really run', async () => {
    const { runner, sweep } = fakeRunner()
    const { events, result } = await collectAll(sweepWhole(runner, sweep, rows))
    expect(events[0]).toEqual({ kind: 'sweep-progress', progress: { done: 0, total: 3 } })
    expect(events.at(-1)).toEqual({ kind: 'sweep-progress', progress: { done: 3, total: 3 } })
    expect(result.passes).toBe(3)
    expect([...result.relevance.values]).toEqual([0.5, 2, 1, 4, 0, 0, 0.25, 1])
  })
})
