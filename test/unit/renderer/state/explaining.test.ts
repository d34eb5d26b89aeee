import { beforeEach, describe, expect, it } from 'vitest'
import type { TestWorkspace } from '../../../helpers/renderer/open-test-workspace.ts'
import { openTestWorkspace } from '../../../helpers/renderer/open-test-workspace.ts'
import { isBusy, selectMap, selectStale } from '../../../../src/renderer/state/selectors.ts'
import type { State } from '../../../../src/renderer/state/state.ts'

let test: TestWorkspace
const state = (): State => test.workspace.store.getState()

/** What a window saw on the way, beginning with what it shows now; what stays the same is told once. */
function watched<Value>(select: (state: State) => Value): Value[] {
  const seen = [select(state())]
  test.workspace.store.subscribe((next) => {
    const value = select(next)
    if (seen.at(-1) !== value) seen.push(value)
  })
  return seen
}

/** Ends when nothing is being computed any more. */
async function settled(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 0))
  while (isBusy(state())) await new Promise((resolve) => setTimeout(resolve, 1))
}

beforeEach(async () => {
  test = await openTestWorkspace()
})

describe('a first start', () => {
  it('shows the stored sample without asking for an explanation', () => {
    expect(state().explaining.answer?.completion.text).toBe(' three cats and a dog.')
    expect(state().explaining.firstRun).toBe(true)
    expect(test.host.asked).not.toContain('explain.start')
    expect(selectMap(state())?.rows).toBe(12)
  })

  it('opens nothing by itself in safe mode, not even the entry of the last time', async () => {
    test = await openTestWorkspace({ settings: { lastEntry: '00000002-0000-4000-8000-000000000000' } }, 'safe')
    expect(state().explaining.answer).toBeNull()
    expect(state().app?.model.name).toBe('whence-scenes')
  })

  it('shows the entry of the last time instead when there is one', async () => {
    test = await openTestWorkspace({ settings: { lastEntry: '00000002-0000-4000-8000-000000000000' } })
    expect(state().explaining.answer?.pictureName).toBe('harbour.png')
    expect(state().explaining.firstRun).toBe(false)
  })
})

describe('write', () => {
  it('streams the tokens, then coarse maps, then the full one, and saves it', async () => {
    const sizes = watched((now) => selectMap(now)?.rows ?? 0)
    const lengths = watched((now) => now.explaining.answer?.completion.tokens.length ?? 0)
    test.workspace.opening.sample('safari')
    await settled()
    expect(sizes).toEqual([12, 0, 3, 6, 12])
    expect(lengths.slice(0, 4)).toEqual([6, 0, 1, 2])
    expect(state().explaining.answer?.entry).not.toBeNull()
    expect(state().settings.lastEntry).toBe(state().explaining.answer?.entry)
  })

  it('pins the token that rests most on one part, once, and leaves it pinned while the map is refined', async () => {
    const pins = watched((now) => now.viewing.pinned.map(({ index }) => index).join())
    test.workspace.opening.sample('safari')
    await settled()
    expect(pins.slice(1)).toEqual(['', expect.stringMatching(/^\d$/)])
    expect(state().viewing.pinnedByHand).toBe(false)
  })

  it('drops what an older request still tells: the newest wins', async () => {
    test = await openTestWorkspace({ pace: 1 })
    const names = watched((now) => now.explaining.answer?.pictureName)
    test.workspace.opening.sample('safari')
    await new Promise((resolve) => setTimeout(resolve, 10))
    test.workspace.opening.sample('harbour')
    await settled()
    expect(names).toEqual(['cats.png', 'safari.png', 'harbour.png'])
    expect(state().explaining.answer?.completion.text).toContain('sailboat')
  })

  it('keeps the tokens when it is cancelled, and says so', async () => {
    test = await openTestWorkspace({ pace: 2 })
    test.workspace.opening.sample('safari')
    while ((state().explaining.answer?.completion.tokens.length ?? 0) !== 3)
      await new Promise((resolve) => setTimeout(resolve, 1))
    test.workspace.explaining.cancel()
    expect(state().explaining.run.kind).toBe('cancelled')
    await new Promise((resolve) => setTimeout(resolve, 20))
    expect(state().explaining.answer?.completion.tokens).toHaveLength(3)
    expect(state().notices).toEqual([])
  })
})

describe('recompute', () => {
  it('marks the old map as stale and keeps it until a new one comes', async () => {
    const suppression = { ...state().settings.suppression, variant: 'log' } as const
    test.workspace.preferences.set({ suppression })
    expect(selectStale(state())).toBe(true)
    const empty = watched((now) => selectMap(now) === null)
    await test.workspace.explaining.recompute()
    expect(empty).not.toContain(true)
    expect(state().explaining.answer?.question.picture).not.toBeNull()
  })

  it('is not stale when the parameters are put back', () => {
    const { suppression } = state().settings
    test.workspace.preferences.set({ suppression: { ...suppression, strength: 0.5 } })
    test.workspace.preferences.set({ suppression: { ...suppression } })
    expect(selectStale(state())).toBe(false)
  })
})
