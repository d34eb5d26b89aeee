import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { chromium, type Browser, type Page, type Route } from 'playwright-core'
import { build, type Rolldown } from 'vite'
import { findChromium } from '../../../scripts/chromium.ts'
import { pack, unpack } from '../../../src/shared/contract/packing.ts'
import type { WiringDriver, WiringLaunch } from '../wiring-driver.ts'
import { launchWiring } from '../wiring-driver.ts'

/** Chromium knows no `app:`; this origin stands for it. Nothing of it leaves the browser: every request is answered here. */
const pageOrigin = 'https://whence.app'
const appOrigin = 'app://whence'
const preloadFile = new URL('../../../out/preload/index.cjs', import.meta.url)

/** The app on the stand-in, its page in Chromium. */
export interface ChromiumDriver extends WiringDriver {
  /** The window's page; another one after a crash. */
  window(): Promise<Page>
  /** Errors and warnings of the page's console, the content policy's violations among them. */
  readonly consoleComplaints: readonly string[]
  /** Ends the renderer's process. */
  crashPage(): Promise<void>
}

/** Starts the built app with its page in Chromium. `paths` says where dropped files lie, by their names. */
export async function launchInChromium(
  launch: WiringLaunch,
  paths: Readonly<Record<string, string>> = {},
): Promise<ChromiumDriver> {
  const browser = await startChromium()
  const scripts = await worldScripts(paths)
  const consoleComplaints: string[] = []
  const loads: PromiseWithResolvers<Page>[] = []
  let next = Promise.withResolvers<void>()
  const wiring = await launchWiring({
    ...launch,
    onLoad: (url) => {
      const opening = Promise.withResolvers<Page>()
      loads.push(opening)
      next.resolve()
      void openPage(browser, scripts, consoleComplaints, () => wiring, url).then(opening.resolve, opening.reject)
    },
  })
  const window = async (): Promise<Page> => {
    await next.promise
    for (let seen = -1; seen !== loads.length;) {
      seen = loads.length
      await loads.at(-1)?.promise
    }
    const page = await loads.at(-1)?.promise
    if (page === undefined) throw new Error('no window has been opened')
    return page
  }
  return {
    ...wiring,
    consoleComplaints,
    window,
    page: async (run, argument) => (await window()).evaluate(run as never, argument) as never,
    crashPage: async () => {
      const page = await window()
      next = Promise.withResolvers()
      await page.close()
      await wiring.standIn(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.crash(), null)
    },
    close: async () => {
      await wiring.close()
      await browser.close()
    },
  }
}

function startChromium(): Promise<Browser> {
  const executablePath = findChromium()
  if (executablePath === null) throw new Error('there is no Chromium')
  // Chromium refuses its sandbox to root, as whom some test machines run.
  const forRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  return chromium.launch({
    executablePath,
    headless: true,
    chromiumSandbox: forRoot.length === 0,
    args: [...forRoot, '--disable-gpu'],
  })
}

interface WorldScripts {
  readonly preload: string
  readonly own: string
}

async function worldScripts(paths: Readonly<Record<string, string>>): Promise<WorldScripts> {
  const preload = readFileSync(preloadFile, 'utf8')
  const half = await bundled('preload-world.ts', 'wiringPreload')
  const run = `wiringPreload.runPreload((require, module, exports) => {${preload}}, ${JSON.stringify(paths)})`
  return { preload: `(() => {${half}\n${run}})()`, own: `(() => {${await bundled('own-world.ts', 'wiringOwn')}})()` }
}

async function bundled(file: string, name: string): Promise<string> {
  const entry = fileURLToPath(new URL(file, import.meta.url))
  const options = { entry, formats: ['iife' as const], name }
  const [output] = (await build({
    configFile: false,
    publicDir: false,
    logLevel: 'silent',
    build: { write: false, minify: false, lib: options },
  })) as Rolldown.RolldownOutput[]
  return output?.output[0].code ?? ''
}

async function openPage(
  browser: Browser,
  scripts: WorldScripts,
  complaints: string[],
  wiring: () => WiringDriver,
  url: string,
): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } })
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(String(error)))
  const devtools = await page.context().newCDPSession(page)
  await devtools.send('Page.enable')
  // In this order: the page's own world asks the preload's what it exposed.
  await devtools.send('Page.addScriptToEvaluateOnNewDocument', { source: scripts.preload, worldName: 'preload' })
  await devtools.send('Page.addScriptToEvaluateOnNewDocument', { source: scripts.own })
  await page.route('**', (route) => answer(route, wiring()))
  await page.goto(url.replace(appOrigin, pageOrigin))
  return page
}

async function answer(route: Route, wiring: WiringDriver): Promise<void> {
  const url = new URL(route.request().url())
  if (url.origin !== pageOrigin) return route.abort('internetdisconnected')
  const work = url.pathname.startsWith('/wiring/')
    ? exchange(url.pathname.slice('/wiring/'.length), route, wiring)
    : serve(url, route.request().method(), route, wiring)
  // The page may be gone before its answer is there.
  await work.catch(() => undefined)
}

/** A file, by the handler that the app registered for its scheme. */
async function serve({ pathname, search }: URL, method: string, route: Route, wiring: WiringDriver): Promise<void> {
  const { status, headers, body } = await wiring.standIn(
    async ({ inside }, request) => {
      const response = await inside.defaultSession.handlers.get('app')?.(new Request(request.url, { method: request.method }))
      if (response === undefined) throw new Error('nobody handles app:')
      const bytes = new Uint8Array(await response.arrayBuffer())
      return { status: response.status, headers: Object.fromEntries(response.headers), body: bytes }
    },
    { url: `${appOrigin}${pathname}${search}`, method },
  )
  await route.fulfill({ status, headers, body: Buffer.from(body) })
}

interface Carried {
  readonly channel: string
  readonly args: readonly unknown[]
  readonly message: unknown
  readonly id: string
}

/** What the preload's half of Electron asks of the main process. */
async function exchange(kind: string, route: Route, wiring: WiringDriver): Promise<void> {
  const carried = unpack(new Uint8Array(route.request().postDataBuffer() ?? [])) as Carried
  const answered = await toMain(kind, carried, wiring).then(
    (value) => ({ value }),
    (error: unknown) => ({ error: String(error) }),
  )
  await route.fulfill({ status: 200, contentType: 'application/octet-stream', body: Buffer.from(pack(answered)) })
}

async function toMain(kind: string, carried: Carried, wiring: WiringDriver): Promise<unknown> {
  return wiring.standIn(
    ({ inside, BrowserWindow }, [asked, { channel, args, message, id }]) => {
      const sender = BrowserWindow.getAllWindows()[0]?.webContents
      const from = { sender, senderFrame: { parent: null, origin: 'app://whence', url: sender?.getURL() ?? '' } }
      if (asked === 'invoke') return inside.invoke(from, channel, args)
      if (asked === 'post') return inside.postFromAfar(from, channel, message, id)
      return asked === 'next' ? inside.deliver(id) : inside.closeFromAfar(id)
    },
    [kind, carried] as const,
  )
}
