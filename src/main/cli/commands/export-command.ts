import { existsSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fail } from '../../../shared/contract/failure.ts'
import { knownOf } from '../../../shared/explanation/known.ts'
import type { Question } from '../../../shared/explanation/question.ts'
import { wholeAnswer } from '../../../shared/explanation/question.ts'
import { tokensAbout } from '../../../shared/explanation/target-ref.ts'
import { uniqueName } from '../../export/file-name.ts'
import type { ExportOptions, ExportSource } from '../../export/make-export.ts'
import { exportMaker, sourceView } from '../../export/make-export.ts'
import { packageVersion } from '../../files/package-root.ts'
import { profileFolder } from '../../storage/profile/profile-folder.ts'
import type { ReadProfile } from '../../storage/profile/read-profile.ts'
import { readProfile } from '../../storage/profile/read-profile.ts'
import type { ExportChoices } from '../options/export-choices.ts'
import { checkOutputs, writeOutputs } from '../output/outputs.ts'
import { printable } from '../output/printable.ts'
import { progressDisplay } from '../output/progress-display.ts'
import { reported } from '../output/reported.ts'
import { reportText } from '../output/report-text.ts'
import { print } from '../output/standard-output.ts'
import { isAsked } from '../question/asked.ts'
import { questionOf } from '../question/question-of.ts'
import type { Terminal } from '../terminal.ts'
import { fileSource, isExplanationFile } from './explanation-files.ts'
import { entrySource, findEntry, newestEntries } from './kept-entries.ts'

/** Exports entries of the history, also while the app is open, and explanation files, as the app does. Writes the file's name to the standard output. */
export async function exportCommand(choices: ExportChoices, terminal: Terminal, signal: AbortSignal): Promise<void> {
  using profile = needsProfile(choices) ? readProfile(profileFolder(choices.profile, terminal.env)) : null
  const sources = await sourcesOf(choices, profile)
  const folder = choices.format === 'text' && choices.out === null ? null : folderOf(choices.out)
  await checkOutputs(folder === null ? [choices.out] : [], folder)

  using display = await progressDisplay(terminal.stderr)
  const missing: string[] = []
  const options: Omit<ExportOptions, 'format'> = {
    question: await askedQuestion(choices, sources, profile),
    display: { theme: choices.theme, smooth: false, view: 'map' },
    version: packageVersion(terminal.root),
    signal,
    entry: (id) => entrySource(inProfile(profile), findEntry(inProfile(profile), id)),
    onMissing: (title, reason) => void missing.push(`not exported: ${title}: ${reason}`),
  }
  const started = (place: number): void => display.status(`exporting ${place + 1} of ${sources.length}`)
  const { name, bytes } = await contentOf(choices, sources.map(watched(started)), options, terminal)

  const file = { name: folder === null ? (choices.out ?? name) : freeName(folder, name), content: () => bytes }
  await writeOutputs({ files: folder === null ? [file] : [], folder, pictures: folder === null ? [] : [file] }, terminal.stdout)
  display[Symbol.dispose]()
  for (const line of missing) terminal.stderr.write(`${printable(line)}\n`)
  if (file.name !== '-') await print(terminal.stdout, `${folder === null ? file.name : join(folder, file.name)}\n`)
}

async function contentOf(
  { format, asked, compare }: ExportChoices,
  sources: readonly ExportSource[],
  options: Omit<ExportOptions, 'format'>,
  terminal: Terminal,
): Promise<{ readonly name: string; readonly bytes: string | Uint8Array }> {
  if (format !== 'text') return exportMaker(join(terminal.root, 'resources'))(sources, { ...options, format })
  const texts: string[] = []
  for (const source of sources) {
    // The numbers alone, as for a table: a report shows no picture.
    const { explanation, view, beside } = await sourceView(source, { ...options, format: 'csv' })
    const answers = isAsked(asked) || compare !== null ? [view, ...(beside === null ? [] : [beside.view])] : []
    texts.push(await reportText(reported(explanation, answers, asked.scale), terminal))
  }
  return { name: '-', bytes: texts.join('') }
}

/** A source that publishes when it is begun. */
function watched(started: (place: number) => void): (source: ExportSource, place: number) => ExportSource {
  return (source, place) => ({
    ...source,
    explanation: async () => {
      started(place)
      return source.explanation()
    },
  })
}

function needsProfile({ entries, compare }: ExportChoices): boolean {
  return entries.kind === 'last' || compare !== null || !entries.names.every(isExplanationFile)
}

function inProfile(profile: ReadProfile | null): ReadProfile {
  return profile ?? fail('entry-missing', {})
}

async function sourcesOf({ entries, picture }: ExportChoices, profile: ReadProfile | null): Promise<ExportSource[]> {
  if (entries.kind === 'last')
    return newestEntries(inProfile(profile), entries.count).map((entry) => entrySource(inProfile(profile), entry))
  const sources: ExportSource[] = []
  for (const name of entries.names) {
    const isFile = isExplanationFile(name)
    sources.push(isFile ? await fileSource(name, picture) : entrySource(inProfile(profile), findEntry(inProfile(profile), name)))
  }
  return sources
}

/** What is asked: of one explanation what it holds, of several the same tokens or the whole answers. */
async function askedQuestion(
  { asked, compare }: ExportChoices,
  sources: readonly ExportSource[],
  profile: ReadProfile | null,
): Promise<Question> {
  const [only, ...others] = sources
  if (only === undefined || others.length > 0 || !(isAsked(asked) || compare !== null)) {
    const about = tokensAbout(asked.tokens.map((index) => ({ segment: 'completion', index })))
    return { ...wholeAnswer, about, scale: asked.scale }
  }
  const explanation = await only.explanation()
  const question = questionOf(knownOf(explanation), explanation.prompt.text, asked)
  if (compare === null) return question
  const { id } = findEntry(inProfile(profile), compare)
  return { ...question, against: { kind: 'record', entry: id, about: { kind: 'answer' } } }
}

/** The folder that a file of its own name goes into; `null` when the file was named. */
function folderOf(out: string | null): string | null {
  if (out === '-') return null
  const folder = out ?? '.'
  const isFolder = statSync(resolve(folder), { throwIfNoEntry: false })?.isDirectory() === true
  return isFolder || /[\\/]$/.test(folder) ? folder : null
}

/** A file that nobody named takes the place of no other. */
function freeName(folder: string, name: string): string {
  const taken = new Set<string>()
  for (;;) {
    const free = uniqueName(name, taken)
    if (!existsSync(join(folder, free))) return free
  }
}
