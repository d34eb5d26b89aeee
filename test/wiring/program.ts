/**
 * The program of a wiring child: the built app with `electron` stood in for. The parent sends functions as source; they run here, in the
 * main process or in the page's own world, as Playwright's `evaluate` does with the real thing.
 */
import { registerHooks } from 'node:module'
import { pathToFileURL } from 'node:url'
import type { FromWiring, ToWiring } from './protocol.ts'

const standIn = new URL('./stand-in/electron.ts', import.meta.url).href
registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'electron' ? { url: standIn, shortCircuit: true } : next(specifier, context),
})

const electron = await import('./stand-in/electron.ts')
const inside = await import('./stand-in/inside.ts')
const [entry = ''] = process.argv.splice(2, 1)
const resourcesPath = process.env['WIRING_RESOURCES']
// As Electron starts a checkout: its own path, the app's folder, the rest; a packed app knows its folder.
if (resourcesPath === undefined) process.argv[1] = '.'
else process.argv.splice(1, 1)
Object.defineProperty(process, 'resourcesPath', { value: resourcesPath })
// A promise of the app that fails unheard is a failure of the app.
process.on('unhandledRejection', (error) => {
  send({ kind: 'unhandled', error: String(error) })
})
await import(pathToFileURL(entry).href)
inside.appIsReady()

process.on('message', (message: ToWiring) => void answer(message))
process.once('disconnect', () => process.exit())
send({ kind: 'started' })

async function answer({ id, place, source, argument }: ToWiring): Promise<void> {
  try {
    const value = await (place === 'page' ? inPage(source, argument) : inMain(source, argument))
    send({ kind: 'answer', id, value })
  } catch (error) {
    send({ kind: 'error', id, error: error instanceof Error ? (error.stack ?? error.message) : String(error) })
  }
}

function inMain(source: string, argument: unknown): unknown {
  const run = (0, eval)(`(${source})`) as (electron: unknown, argument: unknown) => unknown
  return run({ ...electron, inside }, argument)
}

async function inPage(source: string, argument: unknown): Promise<unknown> {
  for (;;) {
    const page = electron.BrowserWindow.getAllWindows()[0]?.webContents.page ?? null
    if (page !== null) return page.evaluate(source, argument)
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}

function send(message: FromWiring): void {
  process.send?.(message)
}
