import { beforeEach, describe, expect, it } from 'vitest'
import { selectQuestion } from '../../../../src/renderer/state/store.ts'
import type { CallName, RequestOf } from '../../../../src/shared/contract/types.ts'
import { position } from '../../../../src/shared/values/brand.ts'
import { idOf } from '../../../helpers/renderer/fake-host.ts'
import type { TestWorkspace } from '../../../helpers/renderer/open-test-workspace.ts'
import { openTestWorkspace } from '../../../helpers/renderer/open-test-workspace.ts'

let test: TestWorkspace
const soon = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 1))
const token = { segment: 'completion', index: 4 } as const

/** What the host is asked for when the shown view is exported. */
async function exported(): Promise<RequestOf<'export.make'>> {
  const asked: RequestOf<'export.make'>[] = []
  const call = test.host.call.bind(test.host)
  Object.assign(test.host, {
    call: (name: CallName, request: never) => {
      if (name === 'export.make') asked.push(request)
      return call(name, request)
    },
  })
  test.workspace.exporting.save('svg', 'light')
  await soon()
  const [request] = asked
  if (request === undefined) throw new Error('nothing was asked for')
  return request
}

beforeEach(async () => {
  test = await openTestWorkspace()
})

describe('an export of the view', () => {
  it('asks the question that the window asks: token, why not, part, scale and smoothing', async () => {
    const { pinning, preferences, store } = test.workspace
    pinning.pin(token, false)
    pinning.whyNot(1)
    pinning.choose({ kind: 'patches', positions: [position(3)] })
    preferences.set({ scale: 'absolute', smooth: true })
    const { question, entries, display } = await exported()
    expect(question).toEqual(selectQuestion(store.getState()))
    expect(question).toEqual({
      about: { kind: 'tokens', tokens: [token] },
      against: { kind: 'candidate', place: 1 },
      without: { kind: 'patches', positions: [3] },
      scale: 'absolute',
    })
    expect(entries).toEqual([idOf(0)])
    expect(display).toMatchObject({ theme: 'light', smooth: true })
  })

  it('asks of a comparison what each side shows, not what lies under the pointer', async () => {
    const { pinning, history } = test.workspace
    pinning.pin(token, false)
    history.compare(idOf(2))
    await soon()
    await soon()
    pinning.beside({ pinned: [{ segment: 'completion', index: 1 }], preview: { segment: 'completion', index: 0 } })
    const { question } = await exported()
    expect(question.about).toEqual({ kind: 'tokens', tokens: [token] })
    const about = { kind: 'tokens', tokens: [{ segment: 'completion', index: 1 }] }
    expect(question.against).toEqual({ kind: 'record', entry: idOf(2), about })
  })
})
