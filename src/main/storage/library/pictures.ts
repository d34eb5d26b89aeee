import type { Database } from 'better-sqlite3'
import { z } from 'zod'
import type { PictureFiles } from './picture-files.ts'

/** A picture the library keeps. */
export interface KeptPicture {
  /** SHA-256 of the file's bytes, hexadecimal. */
  readonly sha256: string
  /** As the person dropped it last. */
  readonly name: string
  /** Size in pixels, upright. */
  readonly width: number
  readonly height: number
  /** What was done to it when it was read. */
  readonly notes: readonly string[]
}

/** Pictures that entries refer to, byte for byte, so that their explanations can be shown and computed again. */
export interface Pictures {
  /** Keeps a picture; under a new name when it was known. @throws `library-unusable` */
  add(picture: KeptPicture, bytes: Uint8Array): Promise<void>
  /** A picture; `null` when there is none. */
  find(sha256: string): KeptPicture | null
  /** The file's bytes; `null` when they are not there, or not as they were. */
  bytes(sha256: string): Promise<Uint8Array | null>
  /** Forgets pictures that no entry refers to. @param withFiles also removes the files of those that the library does not know */
  purge(withFiles: boolean): void
}

const notes = z.array(z.string())

/** Pictures over the library's database and a place for their files. */
export function picturesOver(database: Database, files: PictureFiles, now: () => number = Date.now): Pictures {
  const keep = database.prepare(
    `INSERT INTO pictures (sha256, name, width, height, notes, added_at) VALUES (@sha256, @name, @width, @height, @notes, @added_at)
     ON CONFLICT (sha256) DO UPDATE SET name = excluded.name, added_at = excluded.added_at`,
  )
  const find = database.prepare('SELECT sha256, name, width, height, notes FROM pictures WHERE sha256 = ?')
  const purge = database.prepare(
    'DELETE FROM pictures WHERE sha256 NOT IN (SELECT picture FROM entries WHERE picture IS NOT NULL)',
  )
  const known = database.prepare('SELECT sha256 FROM pictures').pluck()
  return {
    add: async (picture, bytes) => {
      // The file first: a row without it would promise what is not there.
      await files.write(picture.sha256, bytes)
      keep.run({ ...picture, notes: JSON.stringify(picture.notes), added_at: now() })
    },
    find: (sha256) => {
      const row = find.get(sha256) as (Omit<KeptPicture, 'notes'> & { notes: string }) | undefined
      return row === undefined ? null : { ...row, notes: notes.parse(JSON.parse(row.notes)) }
    },
    bytes: (sha256) => files.read(sha256),
    purge: (withFiles) => {
      purge.run()
      if (withFiles) files.keepOnly(new Set(known.all() as string[]))
    },
  }
}
