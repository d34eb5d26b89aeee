/** The renderer on the records of the parity test, which sets what is asked: `globalThis.parity`. */
import '@fontsource-variable/inter/opsz.css'
import '../../../../src/renderer/styles/all.css'
import { createElement } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from '../../../../src/renderer/app/app.tsx'
import { WorkspaceContext } from '../../../../src/renderer/hooks/workspace-context.ts'
import { answerOf } from '../../../../src/renderer/state/answer.ts'
import type { Answer } from '../../../../src/renderer/state/answer.ts'
import type { CandidatePlace } from '../../../../src/renderer/state/state.ts'
import { change } from '../../../../src/renderer/state/store.ts'
import { createWorkspace } from '../../../../src/renderer/state/workspace.ts'
import { knownOf } from '../../../../src/shared/explanation/known.ts'
import type { About, Question, TargetRef } from '../../../../src/shared/explanation/question.ts'
import { valueAt } from '../../../../src/shared/values/element.ts'
import { parityFiles } from '../../parity/parity-page-api.ts'
import type { Asked, ParityPage } from '../../parity/parity-page-api.ts'
import { readParityRecord } from '../../parity/parity-record.ts'
import { openFakeHost, idOf } from '../fake-host.ts'

const records = new Map(
  await Promise.all(
    parityFiles.map(async (file) => [file, readParityRecord(await (await fetch(`./${file}.json`)).text())] as const),
  ),
)
const answers = parityFiles.map((file) => {
  const { explanation } = valueAt(records, file)
  return { name: file, prompt: explanation.prompt.text, similarity: null, events: [], explanation }
})
const { model, provider } = valueAt(records, 'picture').explanation
const info = {
  ...model,
  grid: null,
  imageSize: null,
  layers: 1,
  heads: 1,
  keyValueHeads: 1,
  headSize: 1,
  hiddenSize: 1,
  vocabularySize: 1,
  maxPositions: 1,
  knows: null,
}
const picture = async () => new Uint8Array(await (await fetch('./picture.png')).arrayBuffer())
const host = openFakeHost({ recording: { info, provider, answers }, picture, pace: 0, entries: 0, settings: {} })
const workspace = createWorkspace(host, () => undefined)
const { store } = workspace
const root = document.getElementById('root')
if (root !== null) createRoot(root).render(createElement(WorkspaceContext, { value: workspace }, createElement(App)))
await workspace.start('safe')

const page: ParityPage = {
  show: async (asked) => {
    showAnswer(asked)
    await drawn()
  },
}
Object.assign(globalThis, { parity: page })

function showAnswer({ file, question, beside, theme }: Asked): void {
  const answer = answerFor(file)
  const { settings } = store.getState()
  const { suppression } = valueAt(records, file).explanation.parameters
  change(store, 'explaining', { answer })
  change(store, 'viewing', {
    pinned: tokensOf(question.about),
    pinnedByHand: true,
    preview: null,
    whyNot: rivalOf(question),
    part: question.without,
  })
  const comparing = beside === null ? null : { answer: answerFor(beside), pinned: [], preview: null }
  store.setState({ comparing, settings: { ...settings, theme, scale: question.scale, suppression } })
}

function answerFor(file: Asked['file']): Answer {
  const { explanation, pictureName, joint } = valueAt(records, file)
  return { ...answerOf(explanation, pictureName, idOf(parityFiles.indexOf(file))), known: knownOf(explanation, joint) }
}

function tokensOf(about: About): readonly TargetRef[] {
  return about.kind === 'answer' ? [] : about.tokens
}

function rivalOf({ against }: Question): CandidatePlace | null {
  return against.kind === 'candidate' ? (against.place as CandidatePlace) : null
}

/** Frames after which everything has been drawn: React draws in the first, the canvases in the next. */
const least = 3

/** Waits for the first frame that changes nothing any more. */
async function drawn(): Promise<void> {
  let before = ''
  for (let frame = 0; frame < 120; frame += 1) {
    await new Promise(requestAnimationFrame)
    const now = document.body.innerHTML
    if (frame >= least && now === before) return
    before = now
  }
  throw new Error('the window does not come to rest')
}
