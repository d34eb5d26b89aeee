import { constants } from 'node:fs'
import { open, realpath, stat } from 'node:fs/promises'
import { join, sep } from 'node:path'
import type { z } from 'zod'
import { fail } from '../../../shared/contract/failure.ts'
import { jsonDepth } from './json-depth.ts'

/** Where a model lies: its folder with all links resolved, and the name the person knows it by. */
export interface ModelPlace {
  readonly root: string
  readonly name: string
}

/** Largest JSON file of a model folder that is read, in bytes; a tokenizer is the only one that comes near it. */
const largestJson = 64 * 1024 * 1024

/** Deepest nesting of objects and arrays in a model's JSON. */
const deepestJson = 64

/**
 * Path of a model's file with all links resolved, or `null` when there is none.
 * @throws `model-unsafe` when it is no regular file or a link leads out of the folder
 */
export async function findModelFile(place: ModelPlace, file: string): Promise<string | null> {
  const path = await realpath(join(place.root, file)).catch(() => null)
  if (path === null) return null
  if (!path.startsWith(place.root + sep))
    fail('model-unsafe', { model: place.name, file, reason: 'is a link that leads out of the folder' })
  if (!(await stat(path)).isFile()) fail('model-unsafe', { model: place.name, file, reason: 'is no regular file' })
  return path
}

/**
 * As {@link findModelFile}, for a file that must be there.
 * @throws `model-file-missing` as well
 */
export async function requireModelFile(place: ModelPlace, file: string): Promise<string> {
  return (await findModelFile(place, file)) ?? fail('model-file-missing', { model: place.name, file })
}

/**
 * Reads a JSON file of a model.
 * @throws `model-file-missing`, or `model-invalid` when it is too large, nested too deeply or no JSON
 */
export async function readModelJson(place: ModelPlace, file: string): Promise<unknown> {
  const bytes = await readBounded(place, file, await requireModelFile(place, file))
  if (jsonDepth(bytes) > deepestJson) invalid(place, file, `is nested deeper than ${deepestJson} levels`)
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) as unknown
  } catch (error) {
    return invalid(place, file, 'is not valid JSON', error)
  }
}

/** As {@link readModelJson}, checked against a schema; the sentence names the first thing that is wrong. */
export async function readModelSchema<Schema extends z.ZodType>(
  place: ModelPlace,
  file: string,
  schema: Schema,
): Promise<z.infer<Schema>> {
  const result = schema.safeParse(await readModelJson(place, file))
  if (result.success) return result.data
  return invalid(place, file, describeIssue(result.error.issues[0]))
}

/** Refuses a model because of one of its files. The reason goes on from the file's name: "is not valid JSON". */
export function invalid(place: ModelPlace, file: string, reason: string, cause?: unknown): never {
  return fail('model-invalid', { model: place.name, file, reason }, cause)
}

function describeIssue(issue: z.core.$ZodIssue | undefined): string {
  if (issue === undefined || issue.path.length === 0) return 'does not hold what it should'
  return `has a wrong or missing "${issue.path.join('.')}"`
}

async function readBounded(place: ModelPlace, file: string, path: string): Promise<Uint8Array> {
  const handle = await open(path, constants.O_RDONLY)
  try {
    const { size } = await handle.stat()
    if (size > largestJson) invalid(place, file, `is larger than ${largestJson / 1024 / 1024} MiB`)
    const bytes = new Uint8Array(size)
    const { bytesRead } = await handle.read(bytes, 0, size, 0)
    return bytes.subarray(0, bytesRead)
  } finally {
    await handle.close()
  }
}
