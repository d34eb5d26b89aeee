import { describe, expect, it } from 'vitest'
import { sweepCoarse } from '../../../../../src/main/engine/explain/coarse.ts'
import { targetsOf, watchedTargets } from '../../../../../src/main/engine/explain/watched-targets.ts'
import type { PatchGrid } from '../../../../../src/shared/explanation/record.ts'
import { sequenceOf } from '../../../../../src/shared/sequence/sequence.ts'
import { defaultSuppression } from '../../../../../src/shared/explanation/parameters.ts'
import { collectAll } from '../../../../helpers/collect-all.ts'
import { tokensOf } from '../../../shared/sequence/tokens.ts'
import { fakeRunner } from './fake-runner.ts'

async function mapsOf(grid: PatchGrid | null) {
  const sequence = sequenceOf({ grid, prompt: tokensOf('a', ' b'), completion: tokensOf(' c', ' d') })
  const { runner, sweep, ran } = fakeRunner()
  const targets = targetsOf(watchedTargets(sequence, 'completion', null), sweep.baseline)
  const work = { sequence, suppression: { ...defaultSuppression, strength: 0.5 }, targets }
  const { events } = await collectAll(sweepCoarse(runner, sweep, work))
  return { targets, ran, maps: events.flatMap((event) => (event.kind === 'coarse' ? [event.map] : [])) }
}

describe('sweepCoarse', () => {
  it('yields 3 x 3, then 6 x 6 blocks, each lost as a whole and without neighbours', async () => {
    const { maps, targets } = await mapsOf({ rows: 9, columns: 12, start: 0 })
    expect(maps.map(({ rows, columns }) => [rows, columns])).toEqual([
      [3, 3],
      [6, 6],
    ])
    expect(maps[0]?.targets).toBe(targets)
    // Blocks of 3 x 4 patches, each patch half a nat at the first target and twice that per further answer.
    expect([...(maps[0]?.values ?? [])].filter((_, place) => place % 2 === 0)).toEqual(Array<number>(9).fill(6))
    expect(maps[1]?.values).toHaveLength(72)
  })
  it('suppresses a picture in the middle where it stands', async () => {
    const { ran } = await mapsOf({ rows: 4, columns: 4, start: 1 })
    const changed = ran.flatMap(({ factors }) => [...factors].flatMap((factor, key) => (factor < 1 ? [key % 19] : [])))
    expect([Math.min(...changed), Math.max(...changed)]).toEqual([1, 16])
  })
  it('leaves grids that are not finer to the full sweep, and texts', async () => {
    expect((await mapsOf({ rows: 3, columns: 12, start: 0 })).maps).toEqual([])
    expect((await mapsOf({ rows: 12, columns: 3, start: 0 })).maps).toEqual([])
    expect((await mapsOf({ rows: 12, columns: 6, start: 0 })).maps.map(({ rows }) => rows)).toEqual([3])
    expect((await mapsOf({ rows: 6, columns: 12, start: 0 })).maps.map(({ rows }) => rows)).toEqual([3])
    expect((await mapsOf(null)).ran).toEqual([])
  })
})
