/**
 * `npm run mutate`: changes the code in one place at a time and runs the tests that reach it. A change that no test notices survives and is printed: there a
 * law is missing, or the code is not needed. Exits with 1 when tests kill too few mutants of a folder.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { MutatedFolder } from './mutate/folders.ts'
import { foldersIn } from './mutate/folders.ts'
import type { MutateOptions } from './mutate/options.ts'
import { mutateOptions, usage } from './mutate/options.ts'
import type { TriedMutant } from './mutate/report.ts'
import { mutantLine, scoreLine, scoreOf, survivorsOf } from './mutate/report.ts'
import { runFolder } from './mutate/run-folder.ts'
import { sourcesOf } from './mutate/sources.ts'
import { valueAt } from '../src/shared/values/element.ts'

// The same examples of properties for every mutant: a mutant dies by what it changes, not by chance.
process.env['CI'] = 'true'
const { options, folders } = asked()
const temporary = mkdtempSync(join(tmpdir(), 'whence-mutate-'))
process.on('exit', () => rmSync(temporary, { recursive: true, force: true, maxRetries: 3 }))
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => process.exit(2))

try {
  for (const folder of folders) await show(folder)
} catch (error) {
  // Stryker has said which test fails on the unchanged code.
  console.error(error instanceof Error ? error.message : error)
  process.exit(2)
}

function asked(): { readonly options: MutateOptions; readonly folders: readonly MutatedFolder[] } {
  try {
    const read = mutateOptions(process.argv.slice(2))
    return { options: read, folders: foldersIn(read.places) }
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\n${usage}`)
    process.exit(2)
  }
}

async function show(folder: MutatedFolder): Promise<void> {
  // What the copy is made from; a person may edit meanwhile.
  const sources = sourcesOf(folder.folder)
  const size = options.list ? 0 : options.sample
  const mutants = await runFolder(folder, temporary, size === null ? null : { size, seed: options.seed })
  if (options.list) {
    console.log(`${folder.folder}: ${mutants.length} mutants`)
    showMutants(mutants, sources)
    return
  }
  const score = scoreOf(mutants)
  console.log(scoreLine(folder.folder, score, folder.least))
  showMutants(survivorsOf(mutants), sources)
  if (score.percent < folder.least) process.exitCode = 1
}

function showMutants(mutants: readonly TriedMutant[], sources: ReadonlyMap<string, string>): void {
  for (const mutant of mutants) console.log(mutantLine(mutant, valueAt(sources, mutant.fileName)))
}
