import { beforeEach, describe, expect, it, vi } from 'vitest'
import type { TestWorkspace } from '../../../helpers/renderer/open-test-workspace.ts'
import { openTestWorkspace } from '../../../helpers/renderer/open-test-workspace.ts'
import { selectDrops, selectFocus, selectMap, selectNeighbours, selectWords } from '../../../../src/renderer/state/selectors.ts'
import type { State } from '../../../../src/renderer/state/state.ts'

let test: TestWorkspace
const state = (): State => test.workspace.store.getState()
const token = (index: number) => ({ segment: 'completion', index }) as const
const values = (): number[] => [...(selectMap(state())?.values ?? [])]

beforeEach(async () => {
  test = await openTestWorkspace()
})

describe('pinning', () => {
  it('changes the map by arithmetic alone: nothing is asked of the host', () => {
    const asked = test.host.asked.length
    test.workspace.pinning.pin(token(1), false)
    const cats = values()
    test.workspace.pinning.pin(token(4), false)
    expect(values()).not.toEqual(cats)
    expect(test.host.asked).toHaveLength(asked)
  })

  it('shows the mean of a span', () => {
    const single = [1, 2, 3].map((index) => {
      test.workspace.pinning.pin(token(index), false)
      return values()
    })
    test.workspace.pinning.pin(token(1), false)
    test.workspace.pinning.pin(token(3), true)
    const mean = single[0]?.map((_, cell) => single.reduce((sum, map) => sum + (map[cell] ?? 0), 0) / 3) ?? []
    values().forEach((nats, cell) => expect(nats).toBeCloseTo(mean[cell] ?? Number.NaN, 4))
  })

  it('previews without unpinning', () => {
    test.workspace.pinning.pin(token(1), false)
    const pinned = values()
    test.workspace.pinning.preview(token(4))
    expect(values()).not.toEqual(pinned)
    test.workspace.pinning.preview(null)
    expect(values()).toEqual(pinned)
  })

  it('shows the difference to a candidate, for the pinned token only', () => {
    test.workspace.pinning.pin(token(4), false)
    const alone = values()
    test.workspace.pinning.whyNot(1)
    expect(values()).not.toEqual(alone)
    test.workspace.pinning.preview(token(4))
    expect(selectFocus(state()).whyNot).toBeNull()
    test.workspace.pinning.preview(null)
    test.workspace.pinning.whyNot(1)
    expect(values()).toEqual(alone)
  })

  it('goes back one thing at a time: difference, part, pin', () => {
    const { pinning } = test.workspace
    pinning.pin(token(4), false)
    pinning.choose({ kind: 'patches', positions: [3], text: '' })
    pinning.whyNot(1)
    const left = () => [state().viewing.whyNot !== null, state().viewing.part !== null, state().viewing.pinned.length > 0]
    const seen = [left()]
    for (let times = 0; times < 3; times += 1) {
      pinning.back()
      seen.push(left())
    }
    expect(seen).toEqual([
      [true, true, true],
      [false, true, true],
      [false, false, true],
      [false, false, false],
    ])
  })

  it('plays to the end and stops', () => {
    vi.useFakeTimers()
    try {
      test.workspace.pinning.pin(token(3), false)
      test.workspace.pinning.play(true)
      vi.advanceTimersByTime(60_000)
      expect(state().viewing.pinned).toEqual([token(5)])
      expect(state().viewing.playing).toBe(false)
    } finally {
      vi.useRealTimers()
    }
  })
})

describe('words', () => {
  it('stand before the explained token', () => {
    test.workspace.pinning.pin(token(0), false)
    expect(selectWords(state()).map(({ input }) => input.text)).toEqual(['This', ' is', ' a', ' picture', ' of'])
    test.workspace.pinning.pin(token(2), false)
    expect(selectWords(state()).map(({ input }) => input.text)).toEqual([
      'This',
      ' is',
      ' a',
      ' picture',
      ' of',
      ' three',
      ' cats',
    ])
  })
})

describe('the reverse question', () => {
  it('has the numbers of the map, read the other way', () => {
    test.workspace.pinning.pin(token(4), false)
    const [, second = Number.NaN] = values()
    test.workspace.pinning.choose({ kind: 'patches', positions: [1], text: '' })
    const dog = selectDrops(state()).find(({ target }) => target.segment === 'completion' && target.index === 4)
    expect(dog?.nats).toBe(second)
  })

  it('leaves out what was said before a word', () => {
    const { grid, prompt } = state().explaining.answer ?? { grid: null, prompt: [] }
    const at = (grid?.rows ?? 0) * (grid?.columns ?? 0) + prompt.length + 1
    test.workspace.pinning.choose({ kind: 'text', positions: [at], text: ' cats' })
    expect(selectDrops(state()).map(({ target }) => target.text)).toEqual([' and', ' a', ' dog', '.'])
  })
})

describe('neighbours', () => {
  it('follow κ at once, before anything is computed', async () => {
    const { inspecting, preferences } = test.workspace
    inspecting.hover({ row: 4, column: 4 }, false)
    await new Promise((resolve) => setTimeout(resolve, 0))
    const count = (threshold: number | null): number => {
      preferences.set({ suppression: { ...state().settings.suppression, threshold } })
      return selectNeighbours(state()).length
    }
    expect(count(0)).toBeGreaterThan(count(0.7))
    expect(count(0.7)).toBeGreaterThan(0)
    expect(count(null)).toBe(0)
    expect(test.host.asked.filter((name) => name === 'similarity.get')).toHaveLength(1)
    expect(test.host.asked).not.toContain('explain.start')
  })
})
