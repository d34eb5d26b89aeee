import type { Database } from 'better-sqlite3'
import type { AddedPicture } from '../../../shared/contract/library.ts'
import { addedPicture } from '../../../shared/contract/library.ts'
import type { PictureFiles } from './picture-files.ts'

/** Pictures that entries refer to, byte for byte, so that their explanations can be shown and computed again. */
export interface Pictures {
  /** Keeps a picture; under a new name when it was known. @throws `library-unusable` */
  add(picture: AddedPicture, bytes: Uint8Array): Promise<void>
  /** A picture; `null` when there is none. */
  find(sha256: string): AddedPicture | null
  /** The file's bytes; `null` when they are not there, or not as they were. */
  bytes(sha256: string): Promise<Uint8Array | null>
  /** Forgets pictures that no entry refers to. @param withFiles also removes the files of those that the library does not know */
  purge(withFiles: boolean): void
}

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
      const row = find.get(sha256) as (Omit<AddedPicture, 'notes'> & { notes: string }) | undefined
      return row === undefined ? null : addedPicture.parse({ ...row, notes: JSON.parse(row.notes) as unknown })
    },
    bytes: (sha256) => files.read(sha256),
    purge: (withFiles) => {
      purge.run()
      if (withFiles) files.keepOnly(new Set(known.all() as string[]))
    },
  }
}
