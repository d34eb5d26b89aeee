import { createHash } from 'node:crypto'
import type { BigIntStats } from 'node:fs'
import { createReadStream } from 'node:fs'
import { mkdir, readFile, readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { z } from 'zod'
import { writeWhole } from '../../files/write-whole.ts'
import type { ModelPlace } from './model-file.ts'
import { invalid, requireModelFile } from './model-file.ts'

/** Files below a model folder, at most; a folder that holds more is something else. */
const mostFiles = 1000
const deepestFolder = 8

/**
 * SHA-256 over a model: of one line per file, `name SP sha256 LF`, in the order of the names' UTF-8 bytes. Names are relative, with `/`.
 * Hidden files and the texts for people (`*.md`, LICENSE, NOTICE) are left out: no number depends on them.
 * @param cacheFolder remembers the hashes of files whose size, times and inode have not changed; failing to write there changes nothing
 * @throws `model-unsafe` for a link that leads out of the folder, `model-invalid` for too many files
 */
export async function hashModel(place: ModelPlace, cacheFolder: string | null): Promise<string> {
  const known = cacheFolder === null ? new Map<string, string>() : await readKnown(cacheFolder, place)
  const fresh = new Map<string, string>()
  const total = createHash('sha256')
  for (const file of await listModelFiles(place)) {
    const path = await requireModelFile(place, file)
    const stamp = stampOf(file, await stat(path, { bigint: true }))
    const sha256 = known.get(stamp) ?? (await hashFile(path))
    fresh.set(stamp, sha256)
    total.update(`${file} ${sha256}\n`)
  }
  if (cacheFolder !== null) await writeKnown(cacheFolder, place, fresh)
  return total.digest('hex')
}

/** Names of the files that make a model, relative with `/`, sorted by their UTF-8 bytes. */
async function listModelFiles(place: ModelPlace, folder = ''): Promise<string[]> {
  const files: string[] = []
  if (folder.split('/').length > deepestFolder) invalid(place, folder, `lies deeper than ${deepestFolder} folders`)
  for (const entry of await readdir(join(place.root, folder), { withFileTypes: true })) {
    if (isLeftOut(entry.name)) continue
    const name = folder === '' ? entry.name : `${folder}/${entry.name}`
    if (entry.isDirectory()) files.push(...(await listModelFiles(place, name)))
    else files.push(name)
    if (files.length > mostFiles) invalid(place, 'its folder', `holds more than ${mostFiles} files`)
  }
  return files.sort((one, other) => Buffer.compare(Buffer.from(one), Buffer.from(other)))
}

function isLeftOut(name: string): boolean {
  return name.startsWith('.') || /\.md$/i.test(name) || /^(LICENSE|NOTICE)/i.test(name)
}

async function hashFile(path: string): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(path), hash)
  return hash.digest('hex')
}

function stampOf(file: string, { size, mtimeNs, ctimeNs, ino }: BigIntStats): string {
  return [file, size, mtimeNs, ctimeNs, ino].join(' ')
}

const knownFile = z.array(z.tuple([z.string(), z.string().regex(/^[0-9a-f]{64}$/)]))

function knownPath(cacheFolder: string, place: ModelPlace): string {
  return join(cacheFolder, `hashes-${createHash('sha256').update(place.root).digest('hex').slice(0, 16)}.json`)
}

async function readKnown(cacheFolder: string, place: ModelPlace): Promise<Map<string, string>> {
  try {
    return new Map(knownFile.parse(JSON.parse(await readFile(knownPath(cacheFolder, place), 'utf8'))))
  } catch {
    return new Map()
  }
}

async function writeKnown(cacheFolder: string, place: ModelPlace, known: ReadonlyMap<string, string>): Promise<void> {
  try {
    await mkdir(cacheFolder, { recursive: true })
    await writeWhole(knownPath(cacheFolder, place), JSON.stringify([...known]))
  } catch {
    // A cache that cannot be written costs time, nothing else.
  }
}
