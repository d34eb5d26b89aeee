import { beforeEach, describe, expect, it } from 'vitest'
import type { TestWorkspace } from '../../../helpers/renderer/open-test-workspace.ts'
import { openTestWorkspace } from '../../../helpers/renderer/open-test-workspace.ts'
import {
  isBusy,
  selectExportObstacle,
  selectIncomplete,
  selectPreviewWords,
  selectStale,
} from '../../../../src/renderer/state/selectors.ts'
import { selectView } from '../../../../src/renderer/state/store.ts'
import type { ViewMap } from '../../../../src/shared/explanation/view/view-map.ts'
import { idOf } from '../../../helpers/renderer/fake-host.ts'
import { shownText } from '../../../helpers/renderer/shown-text.ts'
import type { State } from '../../../../src/renderer/state/state.ts'

let test: TestWorkspace
const state = (): State => test.workspace.store.getState()
const mapIn = (now: State): ViewMap | null => selectView(now)?.map ?? null
const tokensIn = (now: State): number => now.explaining.answer?.known.completion.length ?? 0

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
    expect(shownText(state())).toBe(' three cats and a dog.')
    expect(state().explaining.firstRun).toBe(true)
    expect(test.host.asked).not.toContain('explain.start')
    expect(mapIn(state())?.rows).toBe(12)
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
    const sizes = watched((now) => mapIn(now)?.rows ?? 0)
    const lengths = watched(tokensIn)
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

  it('shows the newest question only, whatever an older one still yields', async () => {
    test = await openTestWorkspace({ pace: 1 })
    const names = watched((now) => now.explaining.answer?.pictureName)
    test.workspace.opening.sample('safari')
    await new Promise((resolve) => setTimeout(resolve, 10))
    test.workspace.opening.sample('harbour')
    await settled()
    expect(names).toEqual(['cats.png', 'safari.png', 'harbour.png'])
    expect(shownText(state())).toContain('sailboat')
  })

  it('keeps the tokens when it is cancelled, and says so', async () => {
    test = await openTestWorkspace({ pace: 2 })
    test.workspace.opening.sample('safari')
    while (tokensIn(state()) !== 3) await new Promise((resolve) => setTimeout(resolve, 1))
    test.workspace.explaining.cancel()
    expect(state().explaining.run.kind).toBe('cancelled')
    await new Promise((resolve) => setTimeout(resolve, 20))
    expect(tokensIn(state())).toBe(3)
    expect(state().notices).toEqual([])
  })
})

describe('recompute', () => {
  it('marks the old map as stale and keeps it until a new one comes', async () => {
    const suppression = { ...state().settings.suppression, variant: 'log' } as const
    test.workspace.preferences.set({ suppression })
    expect(selectStale(state())).toBe(true)
    const empty = watched((now) => mapIn(now) === null)
    await test.workspace.explaining.recompute()
    expect(empty).not.toContain(true)
    expect(state().explaining.answer?.asked.picture).not.toBeNull()
  })

  it('is not stale when the parameters are put back', () => {
    const { suppression } = state().settings
    test.workspace.preferences.set({ suppression: { ...suppression, strength: 0.5 } })
    test.workspace.preferences.set({ suppression: { ...suppression } })
    expect(selectStale(state())).toBe(false)
  })
})

/** Waits until a state is reached. */
async function reached(wanted: (now: State) => boolean): Promise<void> {
  while (!wanted(state())) await new Promise((resolve) => setTimeout(resolve, 1))
}

const asks = (): number => test.host.asked.filter((name) => name === 'explain.start').length

describe('a preview', () => {
  beforeEach(async () => {
    test = await openTestWorkspace({ pace: 2 })
    test.workspace.opening.sample('safari')
    await reached((now) => mapIn(now)?.rows === 3)
  })

  it('is called one, and never unclear', async () => {
    expect(selectPreviewWords(state())).toBe('preview of 3×3 blocks, the exact map follows')
    expect(selectView(state())?.notes).toEqual([])
    expect(selectExportObstacle(state())).toBe('It can be exported as soon as the exact map is there')
    await settled()
    expect(selectPreviewWords(state())).toBeNull()
    expect(selectExportObstacle(state())).toBeNull()
  })

  it('keeps its scale while it is refined', async () => {
    const maxima = watched((now) => (mapIn(now)?.rows === 12 ? null : (selectView(now)?.scale.maximum ?? null)))
    await reached((now) => mapIn(now)?.rows === 12)
    expect(new Set(maxima.filter((maximum) => maximum !== null)).size).toBe(1)
  })

  it('stays one after Cancel, with a true label, and what computes the rest is open', async () => {
    test.workspace.explaining.cancel()
    expect(selectPreviewWords(state())).toBe('preview of 3×3 blocks only; the exact map was not computed')
    expect([isBusy(state()), selectIncomplete(state())]).toEqual([false, true])
    expect(selectExportObstacle(state())).toMatch(/^The exact map was not computed/)
    await test.workspace.explaining.recompute()
    expect(mapIn(state())?.rows).toBe(12)
    expect(selectPreviewWords(state())).toBeNull()
    expect(selectExportObstacle(state())).toBeNull()
  })

  it('stays one after a failure, too', async () => {
    await settled()
    const stream = test.host.stream.bind(test.host)
    Object.assign(test.host, {
      async *stream(name: 'explain.start', request: never, signal: AbortSignal) {
        for await (const event of stream(name, request, signal)) {
          yield event
          if (event.kind === 'coarse') throw new Error('The engine ended.')
        }
      },
    })
    test.workspace.opening.sample('harbour')
    await settled()
    expect(state().explaining.run).toEqual({ kind: 'failed', message: 'The engine ended.' })
    expect(selectPreviewWords(state())).toBe('preview of 3×3 blocks only; the exact map was not computed')
    expect([isBusy(state()), selectIncomplete(state())]).toEqual([false, true])
  })
})

describe('work that something else is shown over', () => {
  beforeEach(async () => {
    test = await openTestWorkspace({ pace: 2 })
    test.workspace.opening.sample('safari')
    await reached((now) => tokensIn(now) === 2)
  })
  const said = () => state().notices.map(({ text, action }) => [text, action?.label])

  it('goes on behind an entry of the history, and offers what came of it', async () => {
    await test.workspace.history.open(idOf(2))
    expect([state().explaining.answer?.pictureName, isBusy(state()), state().explaining.behind]).toEqual([
      'harbour.png',
      false,
      1,
    ])
    await reached((now) => now.explaining.behind === 0)
    expect(said()).toEqual([[expect.stringMatching(/^“.*” is explained\.$/), 'Show']])
    expect(state().explaining.answer?.pictureName).toBe('harbour.png')
    expect(state().settings.lastEntry).toBe(idOf(2))
    state().notices[0]?.action?.run()
    await reached((now) => now.explaining.answer?.pictureName === 'safari.png')
    expect(mapIn(state())?.rows).toBe(12)
  })

  it('goes on behind a newer question, one at a time', async () => {
    test.workspace.opening.sample('harbour')
    await reached((now) => now.explaining.behind === 1)
    await settled()
    await reached((now) => now.explaining.behind === 0)
    expect(shownText(state())).toContain('sailboat')
    expect(said()).toEqual([[expect.stringMatching(/ is explained\.$/), 'Show']])
  })

  it('is not asked a second time while it is under way, and comes back to the front', async () => {
    await test.workspace.history.open(idOf(2))
    const before = asks()
    test.workspace.opening.sample('safari')
    await reached((now) => now.explaining.answer?.pictureName === 'safari.png')
    expect([asks(), state().explaining.behind]).toEqual([before, 0])
    await settled()
    expect(mapIn(state())?.rows).toBe(12)
    expect(said()).toEqual([])
  })

  it('is stopped when a person says so, without a word', async () => {
    await test.workspace.history.open(idOf(2))
    test.workspace.explaining.cancelBehind()
    await reached((now) => now.explaining.behind === 0)
    expect(said()).toEqual([])
  })

  it('is stopped by Cancel only while it is the one that is shown', async () => {
    await test.workspace.history.open(idOf(2))
    test.workspace.explaining.cancel()
    await reached((now) => now.explaining.behind === 0)
    expect(said()).toHaveLength(1)
  })
})

describe('a failure of newer work', () => {
  it('leaves the old map with its own parameters, marked as stale, and lets it be tried again', async () => {
    const { suppression } = state().settings
    test.workspace.preferences.set({ suppression: { ...suppression, strength: 0.5 } })
    Object.assign(test.host, {
      stream: async function* () {
        throw new Error('The engine ended.')
      },
    })
    await test.workspace.explaining.recompute()
    expect(selectView(state())?.method).toContain('f 0.90')
    expect([selectStale(state()), isBusy(state()), mapIn(state())?.rows]).toEqual([true, false, 12])
    expect(selectExportObstacle(state())).toBeNull()
  })
})
