import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const folder = fileURLToPath(new URL('../../node_modules/electron', import.meta.url))

/**
 * Path of Electron's binary; `null` where it has not been downloaded. Asked of the files: loading the package `electron` would try to
 * download it.
 */
export function electronBinary(): string | null {
  const named = process.env['ELECTRON_EXEC_PATH']
  if (named !== undefined && existsSync(named)) return named
  const note = join(folder, 'path.txt')
  if (!existsSync(note)) return null
  const path = join(folder, 'dist', readFileSync(note, 'utf8').trim())
  return existsSync(path) ? path : null
}
