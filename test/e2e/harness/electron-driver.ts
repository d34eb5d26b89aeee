import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { _electron } from 'playwright-core'
import type { ElectronApplication, Page } from 'playwright-core'
import { electronBinary } from '../../wiring/electron-binary.ts'
import { childrenOf } from './host/children.ts'
import { listenToComplaints } from './complaints.ts'
import type { Complaints } from './complaints.ts'
import { dropOn } from './drop-on.ts'
import type { DroppedFile, Launch, Whence } from './whence.ts'

const root = fileURLToPath(new URL('../../..', import.meta.url))

/** Why there is no desktop to test here; `null` when there is one. */
export function electronMissing(): string | null {
  if (electronBinary() === null) return 'no Electron binary'
  const noScreen = process.platform === 'linux' && (process.env['DISPLAY'] ?? process.env['WAYLAND_DISPLAY'] ?? '') === ''
  return noScreen ? 'no screen for Electron; xvfb-run gives it one' : null
}

/** Starts the built desktop app. Written without a binary at hand: what it does is checked where there is one. */
export async function launchInElectron({ profile }: Launch = {}): Promise<Whence> {
  const folder = profile ?? mkdtempSync(join(tmpdir(), 'whence-e2e-'))
  const { application, page } = await start(folder)
  return new InElectron(folder, profile === undefined, application, page)
}

async function start(profile: string): Promise<{ application: ElectronApplication; page: Page }> {
  const executablePath = electronBinary()
  if (executablePath === null) throw new Error('no Electron binary')
  // Chromium's sandbox does not work for root; the product never passes this.
  const forRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  const application = await _electron.launch({ executablePath, args: [...forRoot, root, `--profile=${profile}`] })
  return { application, page: await application.firstWindow() }
}

class InElectron implements Whence {
  readonly profile: string
  page: Page
  complaints: Complaints
  #application: ElectronApplication
  readonly #removesProfile: boolean

  constructor(profile: string, removesProfile: boolean, application: ElectronApplication, page: Page) {
    this.profile = profile
    this.page = page
    this.complaints = listenToComplaints(application.context())
    this.#application = application
    this.#removesProfile = removesProfile
  }

  dropFile(file: DroppedFile, on?: string): Promise<void> {
    return dropOn(this.page, file, on)
  }

  async restart(): Promise<void> {
    await this.#application.close()
    const { application, page } = await start(this.profile)
    this.#application = application
    this.page = page
    this.complaints = listenToComplaints(application.context())
  }

  killInference(): boolean {
    const engines = childrenOf(this.#application.process().pid ?? 0).filter(isUtility)
    for (const pid of engines) process.kill(pid, 'SIGKILL')
    return engines.length > 0
  }

  async crashRenderer(): Promise<void> {
    const back = this.page.waitForEvent('load')
    await this.#application.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer(),
    )
    await back
    this.complaints.forgive(/^crash$/)
  }

  async close(): Promise<void> {
    await this.#application.close()
    if (this.#removesProfile) rmSync(this.profile, { recursive: true, force: true })
  }
}

/** Whether a process is one that Electron's `utilityProcess` forked with Node inside. */
function isUtility(pid: number): boolean {
  return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('node.mojom.NodeService')
}
