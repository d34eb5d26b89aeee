import { beforeEach, describe, expect, it } from 'vitest'
import type { TestWorkspace } from '../../../helpers/renderer/open-test-workspace.ts'
import { openTestWorkspace } from '../../../helpers/renderer/open-test-workspace.ts'
import { position } from '../../../../src/shared/values/brand.ts'
import { shownText } from '../../../helpers/renderer/shown-text.ts'
import { idOf } from '../../../helpers/renderer/fake-host.ts'
import { selectStale } from '../../../../src/renderer/state/selectors.ts'
import type { State } from '../../../../src/renderer/state/state.ts'

let test: TestWorkspace
const state = (): State => test.workspace.store.getState()
const soon = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 1))

beforeEach(async () => {
  test = await openTestWorkspace()
})

describe('history', () => {
  it('opens an entry without any pass, with the parameters it was made with', async () => {
    test.workspace.preferences.set({ suppression: { ...state().settings.suppression, variant: 'mask' } })
    await test.workspace.history.open(idOf(3))
    expect(state().explaining.answer?.pictureName).toBe('breakfast.png')
    expect(state().settings.suppression.variant).toBe('shifted')
    expect(selectStale(state())).toBe(false)
    expect(test.host.asked).not.toContain('explain.start')
  })

  it('shows the entry that was asked for last, however the answers come', async () => {
    const first = test.workspace.history.open(idOf(1))
    const second = test.workspace.history.open(idOf(2))
    expect(await Promise.all([first, second])).toEqual([false, true])
    expect(state().explaining.answer?.entry).toBe(idOf(2))
  })

  it('reads a long history page by page', async () => {
    test = await openTestWorkspace({ entries: 450 })
    await soon()
    expect([state().library.entries.length, state().library.total]).toEqual([200, 450])
    test.workspace.history.more()
    await soon()
    test.workspace.history.more()
    await soon()
    expect(state().library.entries).toHaveLength(450)
    expect(new Set(state().library.entries.map(({ id }) => id)).size).toBe(450)
  })

  it('deletes at once and brings back on demand', async () => {
    await soon()
    test.workspace.history.remove([idOf(4)])
    expect(state().library.entries).toHaveLength(11)
    await soon()
    const [notice] = state().notices
    expect(notice?.action?.label).toBe('Undo')
    notice?.action?.run()
    await soon()
    await soon()
    expect(state().library.entries.map(({ id }) => id)).toContain(idOf(4))
  })

  it('keeps chosen entries until they are deleted', async () => {
    await soon()
    test.workspace.history.choose(idOf(1))
    test.workspace.history.choose(idOf(2))
    test.workspace.history.choose(idOf(1))
    expect([...state().library.chosen]).toEqual([idOf(2)])
    test.workspace.history.remove([idOf(2)])
    expect(state().library.chosen.size).toBe(0)
  })
})

describe('steering', () => {
  it('writes under the factors set, beside the plain completion', async () => {
    const part = { kind: 'patches', positions: [position(3), position(4)] } as const
    test.workspace.steering.factor(part, 0.1)
    test.workspace.steering.factor(part, 0)
    expect(state().steering.parts).toEqual([{ part, factor: 0 }])
    await test.workspace.steering.write()
    expect(state().steering.result?.finished).toBe(true)
    expect(state().steering.result?.tokens.length).not.toBe(state().explaining.answer?.known.completion.length)
    expect(shownText(state())).toBe(' three cats and a dog.')
  })
})

describe('exporting', () => {
  it('hands the file to the browser where there are no dialogs', async () => {
    test.workspace.exporting.save('png', 'light')
    await soon()
    expect(test.downloads).toEqual(['whence.png'])
  })
})

describe('preferences', () => {
  it('shows a change at once and tells the app when it rests, all in one', () => {
    const asked = () => test.host.asked.filter((name) => name === 'settings.set').length
    test.workspace.preferences.set({ opacity: 0.5 })
    test.workspace.preferences.set({ opacity: 0.6, smooth: true })
    expect(state().settings.opacity).toBe(0.6)
    expect(asked()).toBe(0)
    test.workspace.preferences.flush()
    expect(asked()).toBe(1)
    expect([test.host.settings().opacity, test.host.settings().smooth]).toEqual([0.6, true])
  })
})
