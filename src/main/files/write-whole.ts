import { randomBytes } from 'node:crypto'
import { open, rename, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'

/** What a file holds. */
export type FileContent = string | Uint8Array

/** Who may read and write a new file: `owner` alone, or whomever the process lets by its mask. */
export type FileAccess = 'owner' | 'mask'

const modes: Readonly<Record<FileAccess, number>> = { owner: 0o600, mask: 0o666 }

/**
 * Writes a file so that after any crash or power cut its path holds all of the new content, or still what was there. A link is replaced, not followed.
 * @throws the system's error; no unfinished file stays then
 */
export async function writeWhole(path: string, content: FileContent, access: FileAccess = 'mask'): Promise<void> {
  const unfinished = unfinishedPath(path)
  try {
    await writeUnfinished(unfinished, content, access)
    await putInPlace(unfinished, path)
  } catch (error) {
    await rm(unfinished, { force: true }).catch(() => undefined)
    throw error
  }
}

/** A hidden name that nothing else has, in the folder of `path`: a rename is only atomic within one disk. */
export function unfinishedPath(path: string): string {
  return join(dirname(path), `.${basename(path).slice(0, 40)}.${randomBytes(6).toString('hex')}.tmp`)
}

/** Writes a new file and waits until the disk has it. */
export async function writeUnfinished(unfinished: string, content: FileContent, access: FileAccess = 'mask'): Promise<void> {
  await using file = await open(unfinished, 'wx', modes[access])
  await file.writeFile(content)
  await file.sync()
}

/** Waits until the disk has a file that somebody else wrote, such as SQLite. */
export async function syncFile(path: string): Promise<void> {
  await using file = await open(path, 'r+')
  await file.sync()
}

/** Renames a file that the disk has to the path it is meant for, and makes the rename last through a power cut. */
export async function putInPlace(unfinished: string, path: string): Promise<void> {
  await rename(unfinished, path)
  await syncFolder(dirname(path))
}

/** Where the system lets a folder be synced. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => null)
  await handle?.sync().catch(() => undefined)
  await handle?.close()
}
