import { readFile, realpath } from 'node:fs/promises'
import { extname, join, sep } from 'node:path'
import { isAppAddress, stoppedPage } from './app-address.ts'
import { pagePath, pageTypes } from '../../app/page-path.ts'
import { securityHeaders } from '../../../shared/contract/content-policy.ts'
import { stoppedAnswer } from '../window/stopped-page.ts'

/** Answers a request of the app's scheme. */
export type Responder = (request: Pick<Request, 'url' | 'method'>) => Promise<Response>

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
    const path = pagePath(new URL(request.url).pathname)
    return path === null ? refusal(400) : answerFile(folder, path)
  }
}

function isStoppedPage(address: string): boolean {
  return URL.parse(address)?.pathname === URL.parse(stoppedPage)?.pathname
}

async function answerFile(folder: string, path: string): Promise<Response> {
  const mime = pageTypes[extname(path)]
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
