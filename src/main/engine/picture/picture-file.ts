import { constants } from 'node:fs'
import type { FileHandle } from 'node:fs/promises'
import { open } from 'node:fs/promises'
import { fail } from '../../../shared/contract/failure.ts'
import { fileTrouble } from '../../files/file-trouble.ts'
import type { PictureSource } from '../engine.ts'
import { describeSize, largestFile } from './picture-limits.ts'

/**
 * Reads a picture file once; everything else works on these bytes.
 * @param name what to call it in failures; by default the path as the person gave it
 * @throws `picture-missing`, `picture-unreadable` for a folder, a device or a lack of permission, or `picture-too-large` before anything is read
 */
export async function readPictureFile(path: string, name: string = path): Promise<PictureSource> {
  // Without waiting: a pipe that nobody writes to would hold the program up for ever.
  const handle = await open(path, constants.O_RDONLY | constants.O_NONBLOCK).catch((error: unknown) => refuseToOpen(name, error))
  try {
    return { name, bytes: await readBounded(name, handle) }
  } finally {
    await handle.close()
  }
}

async function readBounded(name: string, handle: FileHandle): Promise<Uint8Array> {
  const status = await handle.stat()
  if (status.isDirectory()) fail('picture-unreadable', { name, reason: 'it is a folder' })
  if (!status.isFile()) fail('picture-unreadable', { name, reason: 'it is no regular file' })
  if (status.size > largestFile) fail('picture-too-large', { name, limit: describeSize })
  const bytes = new Uint8Array(status.size)
  const { bytesRead } = await handle.read(bytes, 0, bytes.length, 0).catch((error: unknown) => refuseToRead(name, error))
  return bytes.subarray(0, bytesRead)
}

function refuseToOpen(name: string, error: unknown): never {
  const code = error instanceof Error && 'code' in error ? error.code : null
  if (code === 'ENOENT' || code === 'ENOTDIR') fail('picture-missing', { name }, error)
  return refuseToRead(name, error)
}

function refuseToRead(name: string, error: unknown): never {
  const reason = fileTrouble(error)
  if (reason === null) throw error
  return fail('picture-unreadable', { name, reason }, error)
}
