import { fc, it } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import type { BatchLimits } from '../../../../src/shared/atman/sweep-plan.ts'
import { planBatches, planSweep, plannedPasses } from '../../../../src/shared/atman/sweep-plan.ts'

const limits: BatchLimits = { rows: 8, positions: 400, overhead: 5 }
const sequence = 30
const starts = fc.array(fc.integer({ min: 0, max: sequence }), { maxLength: 40 })

const plan = (firstChanged: readonly number[], some = limits) => {
  const rows = firstChanged.flatMap((start, row) => (start < sequence ? [row] : []))
  return planBatches({ rows, starts: rows.map((row) => firstChanged[row] ?? 0), end: sequence, limits: some })
}

/** Every way to cut a list into consecutive parts. */
function cutsOf(list: readonly number[]): number[][][] {
  const [first, ...rest] = list
  if (first === undefined) return [[]]
  return rest.length === 0
    ? [[[first]]]
    : cutsOf(rest).flatMap(([head, ...others]) => [
        [[first], ...(head === undefined ? [] : [head]), ...others],
        [[first, ...(head ?? [])], ...others],
      ])
}

const fits = ({ rows, start }: { readonly rows: readonly number[]; readonly start: number }, some: BatchLimits) =>
  rows.length <= some.rows && rows.length * (sequence - start) <= some.positions
const total = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0)
const sizes = (batches: ReturnType<typeof plan>) => batches.map(({ rows }) => rows.length)

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

  it.prop([fc.array(fc.integer({ min: 0, max: sequence - 1 }), { minLength: 1, maxLength: 9 }), fc.integer({ min: 1, max: 4 })])(
    'costs least of all ways to cut the rows, sorted by falling start, into batches',
    (firstChanged, rows) => {
      const some = { rows, positions: 60, overhead: 5 }
      const sorted = firstChanged.toSorted((a, b) => b - a)
      const price = (batch: { readonly rows: { readonly length: number }; readonly start: number }) =>
        batch.rows.length * (sequence - batch.start) + some.overhead
      const cheapest = Math.min(
        ...cutsOf(sorted)
          .map((parts) => parts.map((part) => ({ rows: part, start: Math.min(...part) })))
          .filter((parts) => parts.every((part) => part.rows.length === 1 || fits(part, some)))
          .map((parts) => total(parts.map(price))),
      )
      expect(total(plan(firstChanged, some).map(price))).toBe(cheapest)
    },
  )

  it('fills a batch up to its rows and its positions, and not beyond', () => {
    expect(sizes(plan(Array<number>(9).fill(20), { rows: 3, positions: 1000, overhead: 5 }))).toEqual([3, 3, 3])
    expect(sizes(plan(Array<number>(8).fill(20), { rows: 9, positions: 40, overhead: 5 }))).toEqual([4, 4])
    expect(sizes(plan(Array<number>(2).fill(20), { rows: 9, positions: 5, overhead: 5 }))).toEqual([1, 1])
  })

  it('orders rows of one start by number', () => {
    expect(plan([7, 7, 9, 7])).toEqual([{ rows: [2, 0, 1, 3], start: 7 }])
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
