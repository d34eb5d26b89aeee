import type { ExportRequest } from '../../../shared/contract/library.ts'
import type { Theme } from '../../../shared/colour/ramp.ts'
import type { About, Question } from '../../../shared/explanation/question.ts'
import { wholeAnswer } from '../../../shared/explanation/question.ts'
import { tokensAbout } from '../../../shared/explanation/target-ref.ts'
import { position } from '../../../shared/values/brand.ts'
import type { WhenceHost } from '../../host/host.ts'
import type { Answer } from '../answer.ts'
import type { State } from '../state.ts'
import type { Store } from '../store.ts'
import { strongestToken } from './explaining.ts'
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
  const shown = (state.comparing?.first ?? state.explaining.answer)?.entry
  const wanted = entries ?? (shown ? [shown] : [])
  if (wanted.length === 0) return null
  const question = entries === undefined ? questionOf(state) : { ...wholeAnswer, scale }
  return { entries: [...wanted], format, question, display: { theme, smooth, view } }
}

/** What the window shows the answer to. */
function questionOf({ viewing: { pinned, whyNot, part }, settings: { scale }, comparing }: State): Question {
  const second = comparing?.second
  if (comparing !== null && second?.entry) {
    const [about, other] = [comparing.first, comparing.second].map(strongestAbout) as [About, About]
    return { about, against: { kind: 'record', entry: second.entry, about: other }, without: null, scale }
  }
  const about = tokensAbout(pinned)
  return {
    about,
    against: whyNot === null || pinned.length !== 1 ? { kind: 'nothing' } : { kind: 'candidate', place: whyNot },
    without: part === null ? null : { kind: part.kind, positions: part.positions.map(position) },
    scale,
  }
}

/** A side of a comparison begins with the token that the picture did most for. */
function strongestAbout(answer: Answer): About {
  const index = strongestToken(answer)
  return tokensAbout(index === null ? [] : [{ segment: 'completion', index }])
}
