import { Zip, ZipDeflate, ZipPassThrough } from 'fflate'
import { failureOf, sentence } from '../../shared/contract/failure.ts'
import type { FileContent } from '../files/write-whole.ts'
import { uniqueName } from './file-name.ts'

/** A file on its way into an archive. */
export interface NamedFile {
  readonly name: string
  readonly content: FileContent
  /** When what it is about came into being. */
  readonly changed: Date
}

/** A file that is made when its turn comes. */
export interface FileToMake {
  /** What to call it when it cannot be made. */
  readonly title: string
  readonly make: () => Promise<NamedFile>
}

/** Name of the list of what could not be made. */
const missingName = 'not-exported.txt'

/**
 * A zip archive of files made one after the other; no two have the same name on any system. Files that fail are listed in `not-exported.txt`.
 * @throws the first failure when every file fails; `cancelled`
 */
export async function archiveOf(
  files: readonly FileToMake[],
  signal: AbortSignal,
  onMissing: (title: string, reason: string) => void = () => {},
): Promise<Uint8Array<ArrayBuffer>> {
  const archive = openArchive()
  const names = new Set([missingName])
  const missing: Missing[] = []
  for (const { title, make } of files) {
    try {
      const file = await make()
      archive.add({ ...file, name: uniqueName(file.name, names) })
    } catch (error) {
      const failure = failureOf(error)
      if (failure === null || signal.aborted) throw error
      missing.push({ title: title.replaceAll(/\s+/g, ' '), reason: sentence(failure), error })
    }
  }
  const [first] = missing
  if (first !== undefined && missing.length === files.length) throw first.error
  if (missing.length > 0)
    archive.add({
      name: missingName,
      content: missing.map(({ title, reason }) => `${title}\n    ${reason}\n`).join(''),
      changed: new Date(),
    })
  for (const { title, reason } of missing) onMissing(title, reason)
  return archive.end()
}

interface Missing {
  readonly title: string
  readonly reason: string
  readonly error: unknown
}

interface Archive {
  add(file: NamedFile): void
  end(): Uint8Array<ArrayBuffer>
}

function openArchive(): Archive {
  const pieces: Uint8Array[] = []
  const zip = new Zip((error, piece) => {
    if (error !== null) throw error
    pieces.push(piece)
  })
  return {
    add: ({ name, content, changed }) => {
      // Pictures are compressed already.
      const entry = name.endsWith('.png') ? new ZipPassThrough(name) : new ZipDeflate(name)
      entry.mtime = inRange(changed)
      zip.add(entry)
      entry.push(typeof content === 'string' ? Buffer.from(content) : content, true)
    },
    end: () => {
      zip.end()
      return new Uint8Array(Buffer.concat(pieces))
    },
  }
}

/** Years that the format knows. */
function inRange(time: Date): Date {
  const year = time.getFullYear()
  return year >= 1980 && year < 2100 ? time : new Date(1980, 0, 1)
}
