import type { WebFrameMain } from 'electron'
import { appOrigin } from '../page/app-origin.ts'

/**
 * Whether a message comes from a page of the app itself: from a frame that is still there, at the top of its window, and at the app's own
 * address. Read it before anything is awaited: later the frame may be gone.
 */
export function isOwnPage(frame: Pick<WebFrameMain, 'parent' | 'origin' | 'url'> | null): boolean {
  return frame !== null && frame.parent === null && frame.origin === appOrigin && frame.url.startsWith(`${appOrigin}/`)
}
