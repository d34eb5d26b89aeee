import { readFile, realpath } from 'node:fs/promises'
import { extname, join, sep } from 'node:path'
import { pagePath, pageTypes } from '../app/page-path.ts'

/** A file of the built renderer. */
export interface RendererFile {
  readonly type: string
  readonly bytes: Uint8Array
}

/**
 * A file of the built renderer by the path of its address, or `null`: nothing that lies outside the folder once links are resolved and
 * nothing that {@link pagePath} refuses.
 * @param folder the built renderer
 * @param pathname path of the address as it was sent
 */
export async function rendererFile(folder: string, pathname: string): Promise<RendererFile | null> {
  const path = pathname === '/' ? 'index.html' : pagePath(pathname)
  const type = path === null ? undefined : pageTypes[extname(path)]
  if (path === null || type === undefined) return null
  try {
    const [root, file] = await Promise.all([realpath(folder), realpath(join(folder, path))])
    return file.startsWith(root + sep) ? { type, bytes: await readFile(file) } : null
  } catch {
    return null
  }
}
