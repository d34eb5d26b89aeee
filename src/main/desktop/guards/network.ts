import { app, type Session } from 'electron'

/** Schemes that need no network: the app's own files, pictures made in memory, and the developer tools. */
const localSchemes: ReadonlySet<string> = new Set(['app:', 'blob:', 'data:', 'devtools:'])

/** A port nobody listens on: what would go out by a proxy ends there. */
const nowhere = '127.0.0.1:9'

/** Whether a request may be made at all. */
function staysHere(address: string): boolean {
  const url = URL.parse(address)
  return url !== null && localSchemes.has(url.protocol)
}

/** Takes names and background traffic from Chromium. Before the app is ready. */
export function cutNetwork(): void {
  app.commandLine.appendSwitch('host-resolver-rules', 'MAP * ~NOTFOUND')
  app.commandLine.appendSwitch('disable-background-networking')
  app.commandLine.appendSwitch('disable-component-update')
  app.commandLine.appendSwitch('disable-domain-reliability')
  app.commandLine.appendSwitch('no-pings')
}

/** Cancels every request of a session that would leave the machine, and the downloads of dictionaries. */
export function cutSession(session: Session): void {
  session.webRequest.onBeforeRequest(({ url }, answer) => answer({ cancel: !staysHere(url) }))
  session.setSpellCheckerEnabled(false)
  session.on('will-download', (event) => event.preventDefault())
  // Resolves once it is set; a request before that is cancelled by the line above.
  void session.setProxy({ mode: 'fixed_servers', proxyRules: nowhere, proxyBypassRules: '<-loopback>' })
}
