import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'

/** When the newest of some files was changed, in milliseconds since 1970; folders stand for all that lies in them. 0 when there are none. */
export async function newestChange(paths: readonly string[]): Promise<number> {
  const times = await Promise.all(paths.map((path) => changeOf(path)))
  return Math.max(0, ...times)
}

async function changeOf(path: string): Promise<number> {
  const found = await stat(path).catch(() => null)
  if (found === null) return 0
  if (!found.isDirectory()) return found.mtimeMs
  const names = await readdir(path)
  return newestChange(names.map((name) => join(path, name)))
}
