import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, rmSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fail } from '../../../shared/contract/failure.ts'
import { storageReason } from '../database/sqlite-trouble.ts'
import { writeWhole } from '../../files/write-whole.ts'

/** Pictures as they came, byte for byte, by the SHA-256 of their bytes. */
export interface PictureFiles {
  /** Keeps a picture's bytes. @throws `library-unusable` */
  write(sha256: string, bytes: Uint8Array): Promise<void>
  /** A picture's bytes; `null` when they are not there, or not as they were. */
  read(sha256: string): Promise<Uint8Array | null>
  /** Removes all but these. */
  keepOnly(wanted: ReadonlySet<string>): void
}

/** Pictures as files of a folder, read-write for their owner alone. */
export function picturesIn(folder: string): PictureFiles {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const place = (sha256: string): string => join(folder, sha256)
  const read = async (sha256: string): Promise<Uint8Array | null> => {
    const bytes = await readFile(place(sha256)).catch(() => null)
    return bytes !== null && createHash('sha256').update(bytes).digest('hex') === sha256 ? bytes : null
  }
  return {
    write: async (sha256, bytes) => {
      if ((await read(sha256)) !== null) return
      await writeWhole(place(sha256), bytes, 'owner').catch((error: unknown) => {
        const reason = storageReason(error)
        if (reason === null) throw error
        fail('library-unusable', { reason }, error)
      })
    },
    read,
    keepOnly: (wanted) => {
      for (const name of readdirSync(folder)) if (!wanted.has(name)) rmSync(place(name), { force: true, recursive: true })
    },
  }
}

/** Pictures in memory, for a profile that cannot be written. */
export function picturesInMemory(): PictureFiles {
  const pictures = new Map<string, Uint8Array>()
  return {
    write: async (sha256, bytes) => void pictures.set(sha256, bytes),
    read: async (sha256) => pictures.get(sha256) ?? null,
    keepOnly: () => {},
  }
}
