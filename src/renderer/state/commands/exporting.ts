import type { ExportRequest } from '../../../shared/contract/library.ts'
import type { Theme } from '../../../shared/colour/ramp.ts'
import type { Question } from '../../../shared/explanation/question.ts'
import { wholeAnswer } from '../../../shared/explanation/question.ts'
import type { WhenceHost } from '../../host/host.ts'
import type { State } from '../state.ts'
import type { Store } from '../store.ts'
import { selectQuestion } from '../store.ts'
import { attempt, notify } from './notify.ts'

/** Getting explanations out. */
export interface Exporting {
  /** Makes a file of the shown explanation, or of the given entries, as it is seen now. */
  readonly save: (format: ExportRequest['format'], theme: Theme, entries?: readonly string[]) => void
}

/** Makes the commands; `download` hands a finished file to the browser. */
export function createExporting(
  host: WhenceHost,
  store: Store,
  download: (name: string, mime: string, bytes: Uint8Array) => void,
): Exporting {
  return {
    save: (format, theme, entries) =>
      attempt(store, async () => {
        const request = requestOf(store, format, theme, entries)
        if (request === null) return
        const saved = host.capabilities.native
          ? await host.call('export.save', request)
          : await host.call('export.make', request).then((file) => {
              download(file.name, file.mime, file.bytes)
              return file
            })
        if (saved !== null) notify(store, { kind: 'info', text: `Exported ${saved.name}.` })
      }),
  }
}

function requestOf(
  store: Store,
  format: ExportRequest['format'],
  theme: Theme,
  entries?: readonly string[],
): ExportRequest | null {
  const state = store.getState()
  const { scale, smooth, view } = state.settings
  const shown = state.explaining.answer?.entry
  const wanted = entries ?? (shown ? [shown] : [])
  if (wanted.length === 0) return null
  const question = entries === undefined ? askedNow(state) : { ...wholeAnswer, scale }
  return { entries: [...wanted], format, question, display: { theme, smooth, view } }
}

/** What the window shows the answer to, without what is only under the pointer. */
function askedNow(state: State): Question {
  const { viewing, comparing } = state
  const resting = comparing === null ? null : { ...comparing, preview: null }
  return selectQuestion({ ...state, viewing: { ...viewing, preview: null }, comparing: resting })
}
