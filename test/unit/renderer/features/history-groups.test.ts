import { describe, expect, it } from 'vitest'
import type { HistoryEntry } from '../../../../src/shared/contract/library.ts'
import { groupOf, placed, within } from '../../../../src/renderer/features/history/groups.ts'

const now = new Date(2026, 2, 10, 15, 0)
const entry = (createdAt: Date, pinned = false) => ({ pinned, createdAt: createdAt.getTime() }) as HistoryEntry

describe('groupOf', () => {
  it('speaks of days as people do', () => {
    expect(groupOf(entry(new Date(2025, 1, 1), true), now)).toBe('Pinned')
    expect(groupOf(entry(new Date(2026, 2, 10, 0, 0)), now)).toBe('Today')
    expect(groupOf(entry(new Date(2026, 2, 9, 23, 59)), now)).toBe('Yesterday')
    expect(groupOf(entry(new Date(2026, 1, 20)), now)).toBe('20 February')
    expect(groupOf(entry(new Date(2025, 1, 20)), now)).toBe('20 February 2025')
  })
})

describe('placed', () => {
  const lines = placed(
    Array.from({ length: 1000 }, (_, index) => entry(new Date(now.getTime() - index * 3_600_000), index < 2)),
    now,
  )

  it('puts a heading above the first of each group only, and every line below the one before', () => {
    expect(lines.slice(0, 4).map(({ heading }) => heading)).toEqual(['Pinned', null, 'Today', null])
    lines.slice(1).forEach((line, index) => expect(line.top).toBe((lines[index]?.top ?? 0) + (lines[index]?.height ?? 0)))
  })

  it('draws a few lines of a thousand', () => {
    const shown = within(lines, 20_000, 20_700)
    expect(shown.length).toBeLessThan(30)
    expect(shown[0]?.top).toBeLessThan(20_000)
    expect((shown.at(-1)?.top ?? 0) + (shown.at(-1)?.height ?? 0)).toBeGreaterThan(20_700)
  })
})
