/** Kinds of file that the window's page is made of, by the ending of their names; no other is handed out, by either host. */
export const pageTypes: Readonly<Record<string, string>> = {
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
 * The path below the page's folder that an address names, or `null`: nothing hidden and nothing that climbs. The page's files need no escapes beyond
 * one decoding, no backslash and no control character, so these are refused rather than understood.
 * @param pathname path of the address as it was sent, with its leading slash
 */
export function pagePath(pathname: string): string | null {
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
