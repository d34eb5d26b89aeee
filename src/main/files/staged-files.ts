import { rmSync } from 'node:fs'
import { open, rm, stat } from 'node:fs/promises'
import { fail } from '../../shared/contract/failure.ts'
import { fileTrouble } from './file-trouble.ts'
import type { FileContent } from './write-whole.ts'
import { putInPlace, unfinishedPath, writeUnfinished } from './write-whole.ts'

/** Files that take their places together, each at once and complete, or not at all; gone without a trace when the process ends before. */
export interface StagedFiles extends AsyncDisposable {
  /**
   * Writes a file beside its place and makes sure it is on disk. Devices and pipes (`/dev/stdout`) cannot be replaced: they are written on commit.
   * @param path where the file goes; what is there keeps its content until the commit
   * @param name what the person calls it, for the sentence when it fails
   * @throws `output-unwritable`
   */
  add(path: string, name: string, content: FileContent): Promise<void>
  /**
   * Puts every file in its place.
   * @throws `output-unwritable`; the files not yet in place are taken away
   */
  commit(): Promise<void>
}

interface Place {
  readonly name: string
  readonly put: () => Promise<void>
}

/** Begins a set of files; dispose of it to take away what was not committed. */
export function stageFiles(): StagedFiles {
  const unfinished = new Set<string>()
  const places: Place[] = []
  const removeAtExit = (): void => unfinished.forEach((path) => rmSync(path, { force: true }))
  process.once('exit', removeAtExit)
  return {
    add: (path, name, content) =>
      orUnwritable(name, async () => {
        const put = (await kindOf(path, name)) === 'stream' ? toStream(path, content) : await toFile(path, content, unfinished)
        places.push({ name, put })
      }),
    commit: async () => {
      for (const { name, put } of places.splice(0)) await orUnwritable(name, put)
    },
    [Symbol.asyncDispose]: async () => {
      await Promise.all([...unfinished].map((path) => rm(path, { force: true })))
      process.off('exit', removeAtExit)
    },
  }
}

/**
 * Makes sure that a file could be written, without leaving a trace.
 * @param name what the person calls it
 * @throws `output-unwritable`
 */
export async function checkWritable(path: string, name: string): Promise<void> {
  await orUnwritable(name, async () => {
    if ((await kindOf(path, name)) === 'stream') return
    const trial = unfinishedPath(path)
    await (await open(trial, 'wx')).close()
    await rm(trial, { force: true })
  })
}

async function kindOf(path: string, name: string): Promise<'file' | 'stream'> {
  const found = await stat(path).catch(() => null)
  if (found?.isDirectory() === true) fail('output-unwritable', { name, reason: 'it is a folder' })
  return found === null || found.isFile() ? 'file' : 'stream'
}

function toStream(path: string, content: FileContent): () => Promise<void> {
  return async () => {
    await using file = await open(path, 'w')
    await file.writeFile(content)
  }
}

async function toFile(path: string, content: FileContent, unfinished: Set<string>): Promise<() => Promise<void>> {
  const beside = unfinishedPath(path)
  unfinished.add(beside)
  await writeUnfinished(beside, content)
  return async () => {
    await putInPlace(beside, path)
    unfinished.delete(beside)
  }
}

async function orUnwritable(name: string, work: () => Promise<void>): Promise<void> {
  try {
    await work()
  } catch (error) {
    const reason = fileTrouble(error)
    if (reason === null) throw error
    fail('output-unwritable', { name, reason }, error)
  }
}
