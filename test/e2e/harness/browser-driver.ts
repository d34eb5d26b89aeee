import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { startChromium } from './chromium.ts'
import { listenToComplaints } from './complaints.ts'
import type { Complaints } from './complaints.ts'
import { dropOn } from './drop-on.ts'
import { startServe } from './host/serve.ts'
import type { Serve } from './host/serve.ts'
import type { DroppedFile, Launch, Whence } from './whence.ts'

let browser: Promise<Browser> | null = null

/** The tests' browser, one per process. */
export function sharedChromium(): Promise<Browser> {
  return (browser ??= startChromium())
}

/** The app as `whence serve` and Chromium show it. */
export interface BrowserWhence extends Whence {
  readonly serve: Serve
  readonly context: BrowserContext
  /** Process id of the host. */
  readonly pid: number
  /** Address of every request that any window made. */
  readonly requests: readonly string[]
  /** Opens a second window on the same host. */
  openWindow(): Promise<Page>
  /** Ends the host as a power cut would. */
  killHost(): Promise<void>
  /** What the host wrote for its log. */
  log(): string
}

/** Longest time for one step of a person, in milliseconds: only ends a hang. */
const patience = 20_000

/** Starts the app and opens its window. */
export async function launchInBrowser({ profile, context: options = {} }: Launch = {}): Promise<BrowserWhence> {
  const folder = profile ?? mkdtempSync(join(tmpdir(), 'whence-e2e-'))
  const serve = await startServe(folder)
  const chromium = await sharedChromium()
  const context = await chromium.newContext({
    viewport: { width: 1280, height: 800 },
    acceptDownloads: true,
    reducedMotion: 'reduce',
    ...options,
  })
  context.setDefaultTimeout(patience)
  const whence = new InBrowser(folder, profile === undefined, serve, context)
  whence.page = await whence.openWindow()
  return whence
}

class InBrowser implements BrowserWhence {
  readonly profile: string
  readonly context: BrowserContext
  readonly complaints: Complaints
  readonly requests: string[] = []
  serve: Serve
  #page: Page | null = null
  readonly #removesProfile: boolean

  constructor(profile: string, removesProfile: boolean, serve: Serve, context: BrowserContext) {
    this.profile = profile
    this.serve = serve
    this.context = context
    this.complaints = listenToComplaints(context)
    this.#removesProfile = removesProfile
    context.on('request', (request) => this.requests.push(request.url()))
  }

  get page(): Page {
    if (this.#page === null) throw new Error('no window is open yet')
    return this.#page
  }

  set page(page: Page) {
    this.#page = page
  }

  get pid(): number {
    return this.serve.pid
  }

  async openWindow(): Promise<Page> {
    const page = await this.context.newPage()
    await page.goto(this.serve.url)
    return page
  }

  dropFile(file: DroppedFile, on?: string): Promise<void> {
    return dropOn(this.page, file, on)
  }

  async restart(): Promise<void> {
    // Otherwise the old window complains about a host that is gone, as it should.
    await this.page.close()
    await this.serve.stop()
    this.serve = await startServe(this.profile)
    this.page = await this.openWindow()
  }

  killHost(): Promise<void> {
    return this.serve.kill()
  }

  killInference(): boolean {
    const children = this.serve.children()
    for (const pid of children) process.kill(pid, 'SIGKILL')
    return children.length > 0
  }

  async crashRenderer(): Promise<void> {
    const crashed = this.page.waitForEvent('crash')
    await Promise.all([crashed, this.page.goto('chrome://crash').catch(() => null)])
    this.complaints.forgive(/^crash$/)
    const old = this.page
    this.page = await this.openWindow()
    await old.close()
  }

  log(): string {
    return this.serve.log()
  }

  async close(): Promise<void> {
    await this.context.close()
    await this.serve.stop()
    if (this.#removesProfile) rmSync(this.profile, { recursive: true, force: true })
  }
}
