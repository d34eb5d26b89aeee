import { mkdir, stat } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { fail } from '../../../shared/contract/failure.ts'
import type { FileContent } from '../../files/write-whole.ts'
import { checkWritable, stageFiles } from '../../files/staged-files.ts'
import { fileTrouble } from '../../files/file-trouble.ts'
import { print } from './standard-output.ts'

/** A file to write, `-` being the standard output, or a file within the folder of pictures. */
export interface Output {
  /** As the person typed it. */
  readonly name: string
  readonly content: () => Promise<FileContent> | FileContent
}

/** What a command leaves behind. */
export interface OutputPlan {
  readonly files: readonly Output[]
  /** Folder of pictures, as typed; `null` without. */
  readonly folder: string | null
  /** Pictures by file name. */
  readonly pictures: readonly Output[]
}

/**
 * Tells before the long work whether all outputs can be written; leaves no trace.
 * @param files names as typed; `null` and `-` need no check
 * @throws `output-unwritable`
 */
export async function checkOutputs(files: readonly (string | null)[], folder: string | null): Promise<void> {
  for (const name of files) if (name !== null && name !== '-') await checkWritable(resolve(name), name)
  if (folder !== null) await checkFolder(folder)
}

/**
 * Writes everything: all files are complete on disk before the first one takes its place; then the standard output.
 * @throws `output-unwritable`, and what making the contents throws; then no file is changed
 */
export async function writeOutputs(plan: OutputPlan, stdout: NodeJS.WritableStream): Promise<void> {
  await using staged = stageFiles()
  for (const { name, content } of plan.files) if (name !== '-') await staged.add(resolve(name), name, await content())
  const { folder } = plan
  if (folder !== null) {
    await makeFolder(folder)
    for (const { name, content } of plan.pictures) await staged.add(join(folder, name), join(folder, name), await content())
  }
  await staged.commit()
  for (const { name, content } of plan.files) if (name === '-') await print(stdout, await content())
}

/** The folder itself, or the nearest one above it that exists, must take files. */
async function checkFolder(name: string): Promise<void> {
  const nearest = await nearestExisting(resolve(name), name)
  if (!nearest.isDirectory) fail('output-unwritable', { name, reason: 'it is no folder' })
  await checkWritable(join(nearest.path, 'whence'), name)
}

async function nearestExisting(path: string, name: string): Promise<{ path: string; isDirectory: boolean }> {
  for (let place = path; ; place = dirname(place)) {
    const found = await stat(place).catch((error: unknown) => unlessMissing(error, name))
    if (found !== null) return { path: place, isDirectory: found.isDirectory() }
  }
}

function unlessMissing(error: unknown, name: string): null {
  const code = (error as NodeJS.ErrnoException).code
  if (code === 'ENOENT' || code === 'ENOTDIR') return null
  return fail('output-unwritable', { name, reason: fileTrouble(error) ?? 'it cannot be looked up' }, error)
}

async function makeFolder(name: string): Promise<void> {
  await mkdir(name, { recursive: true }).catch((error: unknown) =>
    fail('output-unwritable', { name, reason: fileTrouble(error) ?? 'it cannot be made' }, error),
  )
}
