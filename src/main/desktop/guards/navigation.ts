import { shell, type WebContents } from 'electron'
import { isAppAddress } from '../page/app-address.ts'

/** Sites that a link may open in the person's own browser: the paper, and where models come from. */
const knownSites: ReadonlySet<string> = new Set(['arxiv.org', 'huggingface.co'])

/** Whether a link may be handed to the person's browser. */
function mayOpenOutside(address: string): boolean {
  const url = URL.parse(address)
  return url?.protocol === 'https:' && knownSites.has(url.host) && url.username === '' && url.password === ''
}

/** Keeps a page where it is: it goes nowhere but to the app itself, opens no window, and embeds no other page. */
export function guardNavigation(contents: WebContents): void {
  const stay = (event: { readonly url: string; preventDefault(): void }): void => {
    if (!isAppAddress(event.url)) event.preventDefault()
  }
  contents.on('will-navigate', stay)
  contents.on('will-redirect', stay)
  contents.on('will-frame-navigate', stay)
  contents.on('will-attach-webview', (event) => event.preventDefault())
  contents.setWindowOpenHandler(({ url }) => {
    if (mayOpenOutside(url)) void shell.openExternal(url)
    return { action: 'deny' }
  })
  contents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp')
}
