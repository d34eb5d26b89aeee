import { readFile, realpath } from 'node:fs/promises'
import { extname, join, sep } from 'node:path'
import { isAppAddress, stoppedPage } from './app-address.ts'
import { securityHeaders } from '../../shared/ipc/content-policy.ts'
import { stoppedAnswer } from './stopped-page.ts'

/** Answers a request of the app's scheme. */
export type Responder = (request: Pick<Request, 'url' | 'method'>) => Promise<Response>

const mimeTypes: Readonly<Record<string, string>> = {
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
 * Serves the files of one folder, and nothing that lies outside it once links are resolved. Only GET, only known types; every answer
 * carries the content policy.
 * @param folder the built renderer
 */
export function appFiles(folder: string): Responder {
  return async (request) => {
    if (!isAppAddress(request.url)) return refusal(403)
    if (request.method !== 'GET') return refusal(405)
    if (isStoppedPage(request.url)) return stoppedAnswer()
    const path = pathOf(request.url)
    return path === null ? refusal(400) : answerFile(folder, path)
  }
}

function isStoppedPage(address: string): boolean {
  return URL.parse(address)?.pathname === URL.parse(stoppedPage)?.pathname
}

/**
 * The path that an address names, below the folder; `null` when it is none of ours. A file of the app needs no escapes beyond one
 * decoding, no backslash and no control character, so all of these are refused rather than understood.
 */
function pathOf(address: string): string | null {
  const { pathname } = new URL(address)
  const path = decoded(pathname)
  if (path === null || /[%\\:\u0000-\u001f]/.test(path)) return null
  const parts = path.split('/').slice(1)
  return parts.some((part) => part === '..' || part === '.' || part === '') ? null : parts.join('/')
}

function decoded(pathname: string): string | null {
  try {
    return decodeURIComponent(pathname)
  } catch {
    return null
  }
}

async function answerFile(folder: string, path: string): Promise<Response> {
  const mime = mimeTypes[extname(path)]
  if (mime === undefined) return refusal(404)
  try {
    const [root, file] = await Promise.all([realpath(folder), realpath(join(folder, path))])
    if (!file.startsWith(root + sep)) return refusal(403)
    return new Response(await readFile(file), { headers: { ...securityHeaders, 'Content-Type': mime } })
  } catch {
    return refusal(404)
  }
}

function refusal(status: number): Response {
  return new Response(null, { status, headers: securityHeaders })
}
