import type { JointPass } from '../../../shared/explanation/joint-pass.ts'
import type { Part } from '../../../shared/explanation/question.ts'
import type { Explanation } from '../../../shared/explanation/record.ts'
import { fail } from '../../../shared/contract/failure.ts'
import type { ExportRequest, HistoryEntry } from '../../../shared/contract/library.ts'
import type { ResponseOf } from '../../../shared/contract/types.ts'
import type { ShownPicture } from '../../engine/engine.ts'
import type { PictureService } from '../pictures/picture-service.ts'
import type { Questions } from '../explain/questions.ts'
import type { Cache } from '../../storage/cache/cache.ts'
import type { History, KeptEntry } from '../../storage/library/history.ts'
import type { Handlers } from '../handlers.ts'
import { historyEntry } from '../history-entry.ts'

/** An entry to be exported. Its numbers and its picture come when they are asked for: hundreds of them would not fit into memory at once. */
export interface ExportSource {
  readonly entry: HistoryEntry
  explanation(): Promise<Explanation>
  /** The upright picture, at most 2,000 pixels on the longer edge; `null` for a document. */
  picture(): Promise<ShownPicture | null>
  /** Suppresses a part in a pass of its own, for a reverse question. */
  joint(part: Part): Promise<JointPass>
}

/** How entries are to be exported. */
export interface ExportOptions extends Pick<ExportRequest, 'format' | 'question' | 'display'> {
  readonly version: string
  readonly signal: AbortSignal
  /** Another entry, to be compared with. @throws `entry-missing` */
  readonly entry: (id: string) => ExportSource
}

/** Makes one file of one or more entries. */
export type MakeExport = (sources: readonly ExportSource[], options: ExportOptions) => Promise<ResponseOf<'export.make'>>

/** What exports are made with. */
export interface ExportParts {
  readonly history: History
  readonly cache: Cache
  readonly asked: Questions
  readonly pictureService: PictureService
  readonly version: string
  readonly makeExport: MakeExport
}

/** Answers with files. */
export function exportHandlers(parts: ExportParts): Pick<Handlers, 'export.make'> {
  const { history, version, makeExport } = parts
  return {
    'export.make': async ({ entries, format, question, display }, { signal }) => {
      const entry = (id: string): ExportSource => sourceOf(parts, history.find(id) ?? fail('entry-missing', {}), signal)
      return makeExport(entries.map(entry), { format, question, display, version, signal, entry })
    },
  }
}

function sourceOf({ cache, asked, pictureService }: ExportParts, entry: KeptEntry, signal: AbortSignal): ExportSource {
  const { picture } = entry
  return {
    entry: historyEntry(entry, cache),
    explanation: () => asked.explanationOf(entry, signal),
    picture: async () => (picture === null ? null : pictureService.show(picture.sha256, 'display')),
    joint: ({ positions }) => asked.suppressPart(entry, positions, signal),
  }
}
