import { fc, it } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import type { BatchLimits } from '../../../../src/shared/atman/sweep-plan.ts'
import { planBatches, planSweep, plannedPasses, plannedPositions } from '../../../../src/shared/atman/sweep-plan.ts'

const limits: BatchLimits = { rows: 8, positions: 400, overhead: 5 }
const sequence = 30
const starts = fc.array(fc.integer({ min: 0, max: sequence }), { maxLength: 40 })

const plan = (firstChanged: readonly number[], some = limits) => {
  const rows = firstChanged.flatMap((start, row) => (start < sequence ? [row] : []))
  return planBatches({ rows, starts: rows.map((row) => firstChanged[row] ?? 0), end: sequence, limits: some })
}

describe('planBatches', () => {
  it.prop([starts])('runs every row that changes something exactly once', (firstChanged) => {
    const rows = plan(firstChanged).flatMap((batch) => batch.rows)
    expect(rows.toSorted((a, b) => a - b)).toEqual(firstChanged.flatMap((start, row) => (start < sequence ? [row] : [])))
  })

  it.prop([starts])('never starts after the first change of one of its rows', (firstChanged) => {
    for (const { rows, start } of plan(firstChanged))
      for (const row of rows) expect(start).toBeLessThanOrEqual(firstChanged[row] ?? -1)
  })

  it.prop([starts])('keeps to the limits, except that a single row always runs', (firstChanged) => {
    for (const { rows, start } of plan(firstChanged)) {
      expect(rows.length).toBeLessThanOrEqual(limits.rows)
      expect(rows.length === 1 || rows.length * (sequence - start) <= limits.positions).toBe(true)
    }
  })

  it.prop([starts])('costs no more than one batch per row and no more than batches cut at every limit', (firstChanged) => {
    const price = (batches: ReturnType<typeof plan>) => plannedPositions(batches, sequence) + batches.length * limits.overhead
    const alone = plan(firstChanged, { ...limits, rows: 1 })
    expect(price(plan(firstChanged))).toBeLessThanOrEqual(price(alone))
  })

  it('keeps rows apart whose starts differ by more than a batch costs to start', () => {
    expect(plan([0, 29]).map(({ start }) => start)).toEqual([0, 29])
    expect(plan([28, 29]).map(({ start }) => start)).toEqual([28])
  })

  it('plans nothing for nothing', () => {
    expect(plan([])).toEqual([])
  })
})

describe('planSweep', () => {
  it('takes the rows of the bank chunk by chunk and the others from their first change', () => {
    const batches = planSweep({ firstChanged: [0, 0, 25, 26], sequence, bank: [{ rows: [1, 0] }], limits })
    expect(batches).toEqual([
      { kind: 'bank', rows: [1, 0], chunk: 0 },
      { kind: 'prefix', rows: [3, 2], start: 25 },
    ])
    expect(plannedPasses(batches)).toBe(4)
  })

  it('does not run a row that changes nothing', () => {
    expect(planSweep({ firstChanged: [sequence, 3], sequence, bank: null, limits })).toEqual([
      { kind: 'prefix', rows: [1], start: 3 },
    ])
  })
})
