import { existsSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fail } from '../../../shared/contract/failure.ts'
import { wholeAnswer } from '../../../shared/explanation/question.ts'
import { tokensAbout } from '../../../shared/explanation/target-ref.ts'
import { unpackExplanation } from '../../app/explain/stored-explanation.ts'
import { uniqueName } from '../../export/file-name.ts'
import type { ExportOptions, ExportSource } from '../../export/make-export.ts'
import { exportMaker } from '../../export/make-export.ts'
import type { KeptEntry } from '../../storage/library/history.ts'
import { profileFolder } from '../../storage/profile/profile-folder.ts'
import type { ReadProfile } from '../../storage/profile/read-profile.ts'
import { readProfile } from '../../storage/profile/read-profile.ts'
import type { ExportChoices, WantedEntries } from '../options/export-choices.ts'
import type { Terminal } from '../terminal.ts'
import { checkOutputs, writeOutputs } from '../output/outputs.ts'
import { packageVersion } from '../../files/package-root.ts'
import { printable } from '../output/printable.ts'
import { progressDisplay } from '../output/progress-display.ts'
import { imageOf } from './read-picture.ts'
import { print } from '../output/standard-output.ts'

/** Exports entries of the history as the app does, also while the app is open. Writes the file's name to the standard output. */
export async function exportCommand(choices: ExportChoices, terminal: Terminal, signal: AbortSignal): Promise<void> {
  using profile = readProfile(profileFolder(choices.profile, terminal.env))
  const entries = findEntries(profile, choices.entries)
  const folder = folderOf(choices.out)
  await checkOutputs(folder === null ? [choices.out] : [], folder)

  using display = await progressDisplay(terminal.stderr)
  const started = (place: number): void => display.status(`exporting ${place + 1} of ${entries.length}`)
  const sources = entries.map((entry, place) => sourceOf(profile, entry, () => started(place)))
  const { format } = choices
  const missing: string[] = []
  const onMissing = (title: string, reason: string): void => void missing.push(`not exported: ${title}: ${reason}`)
  const entry = (id: string): ExportSource => sourceOf(profile, profile.history.find(id) ?? fail('entry-missing', {}), () => {})
  const asked = { format, ...viewedAs(choices), version: packageVersion(terminal.root) }
  const options = { ...asked, signal, entry, onMissing }
  const { name, bytes } = await exportMaker(join(terminal.root, 'resources'))(sources, options)

  const file = { name: folder === null ? (choices.out ?? name) : freeName(folder, name), content: () => bytes }
  await writeOutputs({ files: folder === null ? [file] : [], folder, pictures: folder === null ? [] : [file] }, terminal.stdout)
  display[Symbol.dispose]()
  for (const line of missing) terminal.stderr.write(`${printable(line)}\n`)
  if (file.name !== '-') await print(terminal.stdout, `${join(folder ?? '', file.name)}\n`)
}

/** What is asked of the entries, and how the answer is drawn. Nothing is computed, so no part is suppressed. */
function viewedAs({ tokens, scale, theme }: ExportChoices): Pick<ExportOptions, 'question' | 'display'> {
  const about = tokensAbout(tokens.map((index) => ({ segment: 'completion', index })))
  return { question: { ...wholeAnswer, about, scale }, display: { theme, smooth: false, view: 'map' } }
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

function findEntries({ history }: ReadProfile, wanted: WantedEntries): KeptEntry[] {
  const all = (): KeptEntry[] => [...history.list({ search: '', offset: 0, limit: Number.MAX_SAFE_INTEGER }).entries]
  if (wanted.kind === 'named') return wanted.ids.map((id) => history.find(id) ?? onlyOne(all(), id))
  const newest = all()
    .sort((one, other) => other.createdAt - one.createdAt)
    .slice(0, wanted.count)
  return newest.length > 0 ? newest : fail('entry-missing', {})
}

/** Drawings show the beginning of an id only. */
function onlyOne(entries: readonly KeptEntry[], beginning: string): KeptEntry {
  const [found, ...others] = entries.filter(({ id }) => id.startsWith(beginning))
  if (others.length > 0) fail('option-invalid', { option: beginning, reason: 'several entries begin like this' })
  return beginning.length < 4 || found === undefined ? fail('entry-missing', {}) : found
}

function sourceOf({ cache, pictures }: ReadProfile, entry: KeptEntry, started: () => void): ExportSource {
  const { id, createdAt, picture, prompt, completion, cacheKey, model } = entry
  return {
    entry: { id, createdAt, pictureName: picture?.name ?? null, prompt, completion, model: model.name },
    explanation: async () => {
      started()
      const bytes = cache.get('explanation', cacheKey)
      return (bytes && unpackExplanation(bytes)) ?? fail('entry-numbers-gone', { model: model.name })
    },
    picture: async () => {
      if (picture === null) return null
      const bytes = await pictures.bytes(picture.sha256)
      return bytes === null ? fail('picture-forgotten', {}) : imageOf({ name: picture.name, bytes })
    },
  }
}
