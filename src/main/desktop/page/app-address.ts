import { appHost, appOrigin, appScheme } from './app-origin.ts'

/** What a window opens first. */
export const startPage = `${appOrigin}/index.html`
/** The same in safe mode: the page reopens nothing by itself. */
export const safeStartPage = `${startPage}?safe=1`
/** Shown when the page stopped twice within a minute. */
export const stoppedPage = `${appOrigin}/stopped`

/** Whether an address lies in the app. Judged by its parts, never as text: `app://whence.evil` begins alike. */
export function isAppAddress(address: string): boolean {
  const url = URL.parse(address)
  return url !== null && url.protocol === `${appScheme}:` && url.host === appHost && url.username === '' && url.password === ''
}
