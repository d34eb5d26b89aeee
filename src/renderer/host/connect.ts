import type { DesktopBridge } from '../../shared/contract/desktop.ts'
import { browserHost } from './browser-host.ts'
import { electronHost } from './electron-host.ts'
import type { WhenceHost } from './host.ts'
import { pageSurroundings } from './surroundings.ts'
import { takeToken } from './token.ts'

/** The host this page runs on: the desktop app when its preload has been here, otherwise the browser host that served the page. */
export function connect(page: Window & { readonly whence?: DesktopBridge }): WhenceHost {
  if (page.whence !== undefined) return electronHost(page.whence)
  return browserHost(pageSurroundings(page), takeToken(page))
}
