import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { BrowserHost } from '../../server/browser-host.ts'
import { startBrowserHost } from '../../server/browser-host.ts'
import { profileFolder } from '../../storage/profile/profile-folder.ts'
import { buildWhenStale, rendererBuild } from '../launch/build-when-stale.ts'
import type { Terminal } from '../terminal.ts'
import { openBrowser } from '../launch/open-browser.ts'
import type { ServeChoices } from '../options/serve-choices.ts'
import { openServedApp } from '../launch/served-app.ts'
import { print } from '../output/standard-output.ts'

/** Serves the app to browsers on this machine until it is stopped. Writes one line to the standard output: the address to open. */
export async function serveCommand(choices: ServeChoices, terminal: Terminal, signal: AbortSignal): Promise<void> {
  const { root, env, stdout, stderr } = terminal
  const log = (line: string): void => void stderr.write(`${line}\n`)
  await buildWhenStale(root, rendererBuild, stderr)
  const profile = profileFolder(choices.profile, env)
  await using ending = new AsyncDisposableStack()
  const app = await openServedApp(terminal, profile, choices.models, log)
  ending.defer(() => app.close())
  const server = await startBrowserHost({
    router: app.router,
    rendererFolder: join(root, 'out', 'renderer'),
    address: choices.address,
    publicOrigins: choices.publicOrigins,
    tokenFile: join(profile, 'serve.token'),
    log,
  })
  ending.defer(() => server.close())
  await print(stdout, `${server.url}\n`)
  for (const origin of choices.publicOrigins)
    if (origin !== server.origin) log(`also reached at ${origin}/ with the same #token=…`)
  if (choices.open) ending.defer(await openPage(server, join(profile, 'open.html'), log))
  await aborted(signal)
}

/** Opens the page; what it returns removes what was needed for that. */
async function openPage({ url }: BrowserHost, file: string, log: (line: string) => void): Promise<() => Promise<void>> {
  const opened = await openBrowser(url, file).catch(() => false)
  if (!opened) log('no browser could be opened from here; open the address above in one')
  return () => rm(file, { force: true })
}

async function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return
  const { promise, resolve } = Promise.withResolvers<void>()
  signal.addEventListener('abort', () => resolve(), { once: true })
  await promise
}
