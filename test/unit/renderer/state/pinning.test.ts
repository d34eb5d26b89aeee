import { beforeEach, describe, expect, it, vi } from 'vitest'
import type { TestWorkspace } from '../../../helpers/renderer/open-test-workspace.ts'
import { openTestWorkspace } from '../../../helpers/renderer/open-test-workspace.ts'
import { inspectedPosition, neighboursAt, selectSimilarity } from '../../../../src/renderer/state/selectors.ts'
import { selectQuestion, selectView } from '../../../../src/renderer/state/store.ts'
import type { CallName } from '../../../../src/shared/contract/types.ts'
import { sequenceOfKnown } from '../../../../src/shared/explanation/known.ts'
import type { View } from '../../../../src/shared/explanation/view.ts'
import type { ViewDrop } from '../../../../src/shared/explanation/view/view-drops.ts'
import { tokenPosition } from '../../../../src/shared/sequence/sequence.ts'
import { position } from '../../../../src/shared/values/brand.ts'
import { element, present } from '../../../../src/shared/values/element.ts'
import type { State } from '../../../../src/renderer/state/state.ts'

let test: TestWorkspace
const state = (): State => test.workspace.store.getState()
const token = (index: number) => ({ segment: 'completion', index }) as const
const view = (): View => present(selectView(state()), 'the view')
const values = (): number[] => [...present(view().map, 'the map').values]
const drops = (): readonly ViewDrop[] => present(present(view().without, 'the reverse question').drops, 'its numbers')
const soon = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0))

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
    expect(selectQuestion(state()).against).toEqual({ kind: 'nothing' })
    test.workspace.pinning.preview(null)
    test.workspace.pinning.whyNot(1)
    expect(values()).toEqual(alone)
  })

  it('goes back one thing at a time: difference, part, pin', () => {
    const { pinning } = test.workspace
    pinning.pin(token(4), false)
    pinning.choose({ kind: 'patches', positions: [position(3)] })
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
    expect(view().words.map(({ input }) => input.text)).toEqual(['This', ' is', ' a', ' picture', ' of'])
    test.workspace.pinning.pin(token(2), false)
    expect(view().words.map(({ input }) => input.text)).toEqual(['This', ' is', ' a', ' picture', ' of', ' three', ' cats'])
  })
})

describe('the reverse question', () => {
  it('has the numbers of the map, read the other way', () => {
    test.workspace.pinning.pin(token(4), false)
    const second = element(values(), 1)
    test.workspace.pinning.choose({ kind: 'patches', positions: [position(1)] })
    const dog = drops().find(({ segment, index }) => segment === 'completion' && index === 4)
    expect(dog?.nats).toBe(second)
    expect(test.host.asked).not.toContain('part.suppress')
  })

  it('leaves out what was said before a word', () => {
    const { answer } = state().explaining
    const at = answer === null ? position(0) : tokenPosition(sequenceOfKnown(answer.known), { role: 'completion', index: 1 })
    test.workspace.pinning.choose({ kind: 'text', positions: [at] })
    expect(drops().map(({ text }) => text)).toEqual([' and', ' a', ' dog', '.'])
  })

  it('asks one joint pass for a lasso, shows it and says so; never the mean of single passes', async () => {
    const single = [1, 2, 3].map((at) => {
      test.workspace.pinning.choose({ kind: 'patches', positions: [position(at)] })
      return element(drops(), drops().length - 1).nats
    })
    test.workspace.pinning.choose({ kind: 'patches', positions: [1, 2, 3].map(position) })
    expect(state().viewing.partPass).toEqual({ kind: 'running' })
    expect(view().without?.drops).toBeNull()
    await soon()
    expect(state().viewing.partPass).toEqual({ kind: 'idle' })
    expect(test.host.asked.filter((name) => name === 'part.suppress')).toHaveLength(1)
    // The test's host answers with the sum, so that no mean can be taken for it.
    const [one = Number.NaN, two = Number.NaN, three = Number.NaN] = single
    expect(element(drops(), drops().length - 1).nats).toBeCloseTo(one + two + three, 4)
    expect(view().without?.words).toContain('3 suppressed together')
  })

  it('keeps a joint pass: the same part again is not asked a second time', async () => {
    const lasso = { kind: 'patches', positions: [1, 2, 3].map(position) } as const
    test.workspace.pinning.choose(lasso)
    await soon()
    test.workspace.pinning.choose(null)
    test.workspace.pinning.choose(lasso)
    expect(view().without?.drops).not.toBeNull()
    expect(test.host.asked.filter((name) => name === 'part.suppress')).toHaveLength(1)
  })

  it('says what went wrong with a joint pass, and tries again', async () => {
    const call = test.host.call.bind(test.host)
    let broken = true
    Object.assign(test.host, {
      call: (name: CallName, request: never) =>
        name === 'part.suppress' && broken ? Promise.reject(new Error('The engine ended.')) : call(name, request),
    })
    test.workspace.pinning.choose({ kind: 'patches', positions: [1, 2].map(position) })
    await soon()
    expect(state().viewing.partPass).toEqual({ kind: 'failed', message: 'The engine ended.' })
    broken = false
    test.workspace.jointPasses.retry()
    await soon()
    expect(view().without?.drops).not.toBeNull()
  })
})

describe('neighbours', () => {
  it('follow κ at once, before anything is computed', async () => {
    const { inspecting, preferences } = test.workspace
    inspecting.hover({ row: 4, column: 4 }, false)
    await new Promise((resolve) => setTimeout(resolve, 0))
    const count = (threshold: number | null): number => {
      preferences.set({ suppression: { ...state().settings.suppression, threshold } })
      return neighboursAt(inspectedPosition(state()), selectSimilarity(state()), state().settings.suppression).length
    }
    expect(count(0)).toBeGreaterThan(count(0.7))
    expect(count(0.7)).toBeGreaterThan(0)
    expect(count(null)).toBe(0)
    expect(test.host.asked.filter((name) => name === 'similarity.get')).toHaveLength(1)
    expect(test.host.asked).not.toContain('explain.start')
  })
})
