import { throwIfCancelled } from '../../shared/contract/failure.ts'
import type { Explanation } from '../../shared/explanation/record.ts'
import type { Scale } from '../../shared/explanation/question.ts'
import { wholeAnswer } from '../../shared/explanation/question.ts'
import { tokensAbout } from '../../shared/explanation/target-ref.ts'
import type { Theme } from '../../shared/colour/ramp.ts'
import type { HistoryEntry } from '../../shared/contract/library.ts'
import type { FileContent } from '../files/write-whole.ts'
import type { ShownImage } from './drawing/display-picture.ts'
import type { ExportFormat } from './export-content.ts'
import { exportContent } from './export-content.ts'
import type { ExportResources } from './export-resources.ts'
import { openExportResources } from './export-resources.ts'
import type { ExportView } from './export-view.ts'
import { exportView } from './export-view.ts'
import type { NamedFile } from './file-archive.ts'
import { archiveOf } from './file-archive.ts'
import { exportFileName } from './file-name.ts'
import { chosenTargets, completionTargets, subjectText } from './subject.ts'

/** An entry to be exported. Its numbers and its picture come when they are asked for: hundreds of them would not fit into memory at once. */
export interface ExportSource {
  readonly entry: Pick<HistoryEntry, 'id' | 'pictureName' | 'prompt' | 'completion' | 'createdAt'>
  /** @throws `entry-numbers-gone` */
  explanation(): Promise<Explanation>
  /** The upright picture in any size; `null` for a document. @throws `picture-forgotten` */
  picture(): Promise<ShownImage | null>
}

/** How entries are exported. */
export interface ExportOptions {
  readonly format: ExportFormat
  /** Places in the completion of the tokens that are shown, as one; empty for the whole completion. */
  readonly tokens: readonly number[]
  readonly scale: Scale
  readonly theme: Theme
  /** Version of Whence. */
  readonly version: string
  readonly signal: AbortSignal
  /** Told of each of several entries that could not be exported, with the reason in the user's words. */
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
 * @throws what the source throws, `token-out-of-range`, `model-not-finite`, or `cancelled`; of several only when none can be exported
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
  const view = await viewOf(source, options)
  throwIfCancelled(options.signal)
  const content = await exportContent(options.format, view, resources)
  const shown = showsView(options.format) ? view.subject : { targets: completionTargets(view.explanation) }
  const name = exportFileName(view.name, subjectText(shown), options.format)
  return { name, content, changed: new Date(source.entry.createdAt) }
}

async function viewOf(source: ExportSource, { format, tokens, scale, theme, version }: ExportOptions): Promise<ExportView> {
  const explanation = await source.explanation()
  const refs = chosenTargets(explanation, tokens).map(({ segment, index }) => ({ segment, index }))
  return exportView({
    record: {
      explanation,
      joint: [],
      image: needsPicture(format) ? await source.picture() : null,
      name: source.entry.pictureName ?? '',
    },
    question: { ...wholeAnswer, about: tokens.length === 0 ? wholeAnswer.about : tokensAbout(refs), scale },
    compared: null,
    display: { theme, smooth: false, view: 'map' },
    entry: source.entry.id,
    version,
  })
}

function needsPicture(format: ExportFormat): boolean {
  return format !== 'json' && format !== 'csv'
}

/** Whether the file shows the chosen tokens; the others hold them all. */
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
