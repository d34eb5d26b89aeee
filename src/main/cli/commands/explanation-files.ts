import { createHash } from 'node:crypto'
import { readFile, stat } from 'node:fs/promises'
import { fail } from '../../../shared/contract/failure.ts'
import type { ReadExplanation } from '../../../shared/explanation/file/record-file.ts'
import { readExplanationFile } from '../../../shared/explanation/file/record-file.ts'
import { readPictureFile } from '../../engine/picture/picture-file.ts'
import type { ExportSource } from '../../export/make-export.ts'
import { fileTrouble } from '../../files/file-trouble.ts'
import { imageOf } from './read-picture.ts'

/** Largest explanation file that is read, in bytes. */
const largestFile = 512 * 1024 * 1024

/** Whether an argument names an explanation file, not an entry of the history. */
export function isExplanationFile(name: string): boolean {
  return name.toLowerCase().endsWith('.json')
}

/**
 * An explanation that `--json` wrote, of any version.
 * @throws `file-unreadable`
 */
async function readExplanation(name: string): Promise<ReadExplanation> {
  const text = await readText(name)
  try {
    return readExplanationFile(JSON.parse(text))
  } catch (error) {
    const reason = error instanceof SyntaxError ? 'it is no JSON' : 'it is no explanation of a version that this Whence knows'
    return fail('file-unreadable', { name, reason }, error)
  }
}

async function readText(name: string): Promise<string> {
  const { size } = await stat(name).catch((error: unknown) => refuseToRead(name, error))
  if (size > largestFile) fail('file-unreadable', { name, reason: 'it is larger than 512 MiB' })
  return readFile(name, 'utf8').catch((error: unknown) => refuseToRead(name, error))
}

function refuseToRead(name: string, error: unknown): never {
  const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT'
  const reason = missing ? 'there is no such file' : fileTrouble(error)
  if (reason === null) throw error
  return fail('file-unreadable', { name, reason }, error)
}

/**
 * An explanation file as an export takes it.
 * @param picture file of the picture that was explained; `null` where none is given
 * @throws `file-unreadable`
 */
export async function fileSource(name: string, picture: string | null): Promise<ExportSource> {
  const { explanation, pictureName } = await readExplanation(name)
  const { prompt, completion, model } = explanation
  const { mtimeMs } = await stat(name)
  const about = { pictureName, prompt: prompt.text, completion: completion.text, model: model.name }
  return {
    entry: { id: null, createdAt: mtimeMs, ...about },
    explanation: async () => explanation,
    picture: async () => (explanation.picture === null ? null : pictureOf(explanation.picture.sha256, picture)),
    joint: async () => refusePart('a file does not hold what was computed for it; ask with whence explain'),
  }
}

async function pictureOf(sha256: string, name: string | null): ReturnType<ExportSource['picture']> {
  if (name === null) return refusePicture('the explanation is about a picture, which its file does not hold; name it')
  const source = await readPictureFile(name)
  if (createHash('sha256').update(source.bytes).digest('hex') !== sha256)
    refusePicture(`"${name}" is not the picture that was explained`)
  return imageOf(source)
}

function refusePicture(reason: string): never {
  return fail('option-invalid', { option: '--picture', reason })
}

/** Refuses a part whose pass is not known and cannot be run here. */
export function refusePart(reason: string): never {
  return fail('option-invalid', { option: '--without', reason })
}
