import { fail, throwIfCancelled } from '../../shared/contract/failure.ts'
import type { ExportRequest, HistoryEntry } from '../../shared/contract/library.ts'
import type { JointPass } from '../../shared/explanation/joint-pass.ts'
import type { Part, Question } from '../../shared/explanation/question.ts'
import type { Explanation } from '../../shared/explanation/record.ts'
import { needsPass } from '../../shared/explanation/view/view-drops.ts'
import type { FileContent } from '../files/write-whole.ts'
import { checkQuestion } from './check-question.ts'
import type { ShownImage } from './drawing/display-picture.ts'
import type { ExportFormat } from './export-content.ts'
import { exportContent } from './export-content.ts'
import type { ExportResources } from './export-resources.ts'
import { openExportResources } from './export-resources.ts'
import type { ExportedRecord, ExportView } from './export-view.ts'
import { exportView } from './export-view.ts'
import type { NamedFile } from './file-archive.ts'
import { archiveOf } from './file-archive.ts'
import { exportFileName } from './file-name.ts'

/** An entry to be exported. Its numbers and its picture come when they are asked for: hundreds of them would not fit into memory at once. */
export interface ExportSource {
  readonly entry: Pick<HistoryEntry, 'pictureName' | 'prompt' | 'completion' | 'createdAt' | 'model'> & {
    /** `null` for one that is in no history. */
    readonly id: string | null
  }
  /** @throws `entry-numbers-gone` */
  explanation(): Promise<Explanation>
  /** The upright picture in any size; `null` for a document. @throws `picture-forgotten` */
  picture(): Promise<ShownImage | null>
  /** Suppresses a part in a pass of its own, for a reverse question; left out where nothing can be computed. */
  joint?(part: Part): Promise<JointPass>
}

/** How entries are exported. */
export interface ExportOptions extends Pick<ExportRequest, 'format' | 'question' | 'display'> {
  /** Version of Whence. */
  readonly version: string
  readonly signal: AbortSignal
  /** Another entry, to be compared with. @throws `entry-missing` */
  readonly entry: (id: string) => ExportSource
  /** Called for each of several entries that could not be exported, with the reason in the user's words. */
  readonly onMissing?: (title: string, reason: string) => void
}

/** A finished file. */
export interface ExportedFile {
  readonly name: string
  readonly mime: string
  readonly bytes: Uint8Array<ArrayBuffer>
}

/** Makes one file of one entry, or an archive of several. */
export type MakeExport = (sources: readonly ExportSource[], options: ExportOptions) => Promise<ExportedFile>

const mimes: Readonly<Record<ExportFormat, string>> = {
  png: 'image/png',
  png2x: 'image/png',
  svg: 'image/svg+xml',
  sheet: 'image/png',
  html: 'text/html',
  json: 'application/json',
  csv: 'text/csv',
}

/**
 * Gets ready to export; nothing is read before somebody does.
 * @param folder the package's `resources`
 */
export function exportMaker(folder: string): MakeExport {
  let opening: Promise<ExportResources> | null = null
  return async (sources, options) => makeExport(sources, options, await (opening ??= openExportResources(folder)))
}

/**
 * Makes one file of one entry, or a zip archive of several. Of several, those that cannot be exported are named in the archive with the reason.
 * @throws what the source throws, `token-out-of-range`, `request-invalid`, `entry-numbers-gone` where a part's own pass is needed and cannot be run,
 * `model-not-finite`, or `cancelled`; of several only when none can be exported
 */
export async function makeExport(
  sources: readonly ExportSource[],
  options: ExportOptions,
  resources: ExportResources,
): Promise<ExportedFile> {
  const [only, ...others] = sources
  if (only !== undefined && others.length === 0) {
    const { name, content } = await fileOf(only, options, resources)
    return { name, mime: mimes[options.format], bytes: bytesOf(content) }
  }
  const making = sources.map((source) => ({ title: titleOf(source), make: () => fileOf(source, options, resources) }))
  const bytes = await archiveOf(making, options.signal, options.onMissing)
  return { name: `whence-${sources.length}-explanations.zip`, mime: 'application/zip', bytes }
}

async function fileOf(source: ExportSource, options: ExportOptions, resources: ExportResources): Promise<NamedFile> {
  throwIfCancelled(options.signal)
  const view = await sourceView(source, options)
  throwIfCancelled(options.signal)
  const content = await exportContent(options.format, view, resources)
  const { subject } = view.view
  const said = showsView(options.format) && !subject.whole ? subject.label : view.explanation.completion.text
  return { name: exportFileName(view.name, said, options.format), content, changed: new Date(source.entry.createdAt) }
}

/**
 * A source's answer, ready to be drawn.
 * @throws as {@link makeExport} for one source
 */
export async function sourceView(source: ExportSource, options: ExportOptions): Promise<ExportView> {
  const { format, question, display, version } = options
  const record = await recordOf(source, format)
  checkQuestion(record.explanation, question)
  const compared = await comparedWith(question, options)
  const asked = { record, question, compared, display, entry: source.entry.id, version }
  const view = exportView(asked)
  const { without } = view.view
  if (question.without === null || without === null || !needsPass(without)) return view
  const pass = await (source.joint?.(question.without) ?? fail('entry-numbers-gone', { model: source.entry.model }))
  return exportView({ ...asked, record: { ...record, joint: [pass] } })
}

async function comparedWith({ against }: Question, { entry, format }: ExportOptions): Promise<ExportedRecord | null> {
  if (against.kind !== 'record') return null
  const record = await recordOf(entry(against.entry), format)
  checkQuestion(record.explanation, { about: against.about, against: { kind: 'nothing' }, without: null })
  return record
}

async function recordOf(source: ExportSource, format: ExportFormat): Promise<ExportedRecord> {
  const explanation = await source.explanation()
  const image = needsPicture(format) ? await source.picture() : null
  const { pictureName } = source.entry
  return { explanation, joint: [], image, name: pictureName === null ? '' : pictureName }
}

function needsPicture(format: ExportFormat): boolean {
  return format !== 'json' && format !== 'csv'
}

/** Whether the file shows the answer to the question; the others hold all tokens. */
function showsView(format: ExportFormat): boolean {
  return format === 'png' || format === 'png2x' || format === 'svg'
}

/** What an entry is called where there is no file of it. */
function titleOf({ entry: { pictureName, prompt, completion } }: ExportSource): string {
  return `${pictureName ?? 'document'}: ${prompt.slice(-60)}${completion}`
}

function bytesOf(content: FileContent): Uint8Array<ArrayBuffer> {
  return new Uint8Array(typeof content === 'string' ? Buffer.from(content) : content)
}
