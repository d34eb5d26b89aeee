import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** Folder of Whence's package.json, looked for upwards from this file: it is found from a checkout and from the bundled program alike. */
export function packageRoot(from: string = import.meta.dirname): string {
  for (let folder = from; ; folder = dirname(folder)) {
    if (packageName(folder) === 'whence') return folder
    if (dirname(folder) === folder) throw new Error('the package of Whence was not found')
  }
}

/**
 * Version of Whence.
 * @param root the package's folder
 */
export function packageVersion(root: string): string {
  return String(readPackage(root)?.version)
}

function packageName(folder: string): unknown {
  return readPackage(folder)?.name
}

function readPackage(folder: string): { readonly name?: unknown; readonly version?: unknown } | null {
  try {
    return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { name?: unknown; version?: unknown } | null
  } catch {
    return null
  }
}
