import { readFile, realpath } from 'node:fs/promises'
import { extname, join, sep } from 'node:path'

/** A file of the built renderer. */
export interface RendererFile {
  readonly type: string
  readonly bytes: Uint8Array
}

/** Kinds of file that the renderer is made of; no other is served. */
const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.webp': 'image/webp',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.txt': 'text/plain; charset=utf-8',
}

/**
 * A file of the built renderer by the path of its address, or `null`: nothing that lies outside the folder once links are resolved, nothing
 * hidden. Its files need no escapes beyond one decoding, no backslash and no control character, so these are refused rather than understood.
 * @param folder the built renderer
 * @param pathname path of the address as it was sent
 */
export async function rendererFile(folder: string, pathname: string): Promise<RendererFile | null> {
  const path = pathname === '/' ? 'index.html' : plainPath(pathname)
  const type = path === null ? undefined : types[extname(path)]
  if (path === null || type === undefined) return null
  try {
    const [root, file] = await Promise.all([realpath(folder), realpath(join(folder, path))])
    return file.startsWith(root + sep) ? { type, bytes: await readFile(file) } : null
  } catch {
    return null
  }
}

function plainPath(pathname: string): string | null {
  const path = decoded(pathname)
  if (path === null || /[%\\:\u0000-\u001f]/.test(path)) return null
  const [, ...parts] = path.split('/')
  return parts.some((part) => part === '' || part.startsWith('.')) ? null : parts.join('/')
}

function decoded(pathname: string): string | null {
  try {
    return decodeURIComponent(pathname)
  } catch {
    return null
  }
}
