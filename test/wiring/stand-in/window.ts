import { EventEmitter } from 'node:events'
import type Electron from 'electron'
import { app } from './app.ts'
import { event } from './ipc.ts'
import { PageStandIn } from './page.ts'
import { onlyWhenReady, record } from './records.ts'
import { closeAllFromAfar } from './remote-ports.ts'
import { defaultSession } from './session.ts'
import { strict } from './strict.ts'

type ContentsMembers = Pick<
  Electron.WebContents,
  'id' | 'reload' | 'setWebRTCIPHandlingPolicy' | 'setWindowOpenHandler' | 'getURL'
>

let windows: BrowserWindow[] = []
let count = 0

class WebContentsStandIn extends EventEmitter implements ContentsMembers {
  readonly id = (count += 1)
  openHandler: Parameters<Electron.WebContents['setWindowOpenHandler']>[0] | null = null
  page: PageStandIn | null = null
  status = 0
  readonly #preload: string
  #url = ''

  constructor(preload: string) {
    super()
    this.#preload = preload
  }

  setWindowOpenHandler(handler: Parameters<Electron.WebContents['setWindowOpenHandler']>[0]): void {
    this.openHandler = handler
  }

  setWebRTCIPHandlingPolicy(policy: string): void {
    record('webContents.setWebRTCIPHandlingPolicy', policy)
  }

  getURL(): string {
    return this.#url
  }

  reload(): void {
    void this.load(this.#url)
  }

  /** Loads a page of the app's scheme by the handler that was registered for it, and runs the preload. */
  async load(url: string): Promise<void> {
    record('webContents.load', url)
    const handler = defaultSession.handlers.get(new URL(url).protocol.slice(0, -1))
    if (handler === undefined) throw new Error(`nobody handles ${url}`)
    const response = await handler(new Request(url))
    this.#leave()
    this.#url = url
    this.status = response.status
    this.emit('did-navigate', event({}), url, response.status, '')
    const frame = { parent: null, origin: 'app://whence', url }
    if (process.env['WIRING_REMOTE'] === undefined)
      this.page = new PageStandIn(this.#preload, { sender: this.own, senderFrame: frame })
    else process.send?.({ kind: 'load', url })
    this.emit('did-finish-load')
  }

  /** The renderer's process ends. */
  crash(): void {
    this.#leave()
    this.page = null
    this.emit('render-process-gone', event({}), { reason: 'crashed', exitCode: 5 })
  }

  readonly own = strict('webContents', this)

  #leave(): void {
    this.page?.leave()
    closeAllFromAfar()
  }
}

/** `BrowserWindow` of Electron. */
export class BrowserWindow
  extends EventEmitter
  implements Pick<Electron.BrowserWindow, 'focus' | 'isDestroyed' | 'isMinimized' | 'loadURL' | 'restore' | 'show' | 'close'>
{
  readonly webContents: WebContentsStandIn
  readonly options: Electron.BrowserWindowConstructorOptions
  #minimized = false
  #destroyed = false

  constructor(options: Electron.BrowserWindowConstructorOptions) {
    super()
    onlyWhenReady('new BrowserWindow')
    record('new BrowserWindow', options)
    this.options = options
    this.webContents = new WebContentsStandIn(options.webPreferences?.preload ?? '').own
    const own = strict('BrowserWindow', this)
    windows.push(own)
    app.emit('web-contents-created', event({}), this.webContents)
    return own
  }

  static getAllWindows(): BrowserWindow[] {
    return [...windows]
  }

  async loadURL(url: string): Promise<void> {
    await this.webContents.load(url)
    this.emit('ready-to-show')
  }

  minimize(): void {
    this.#minimized = true
  }

  show(): void {
    record('window.show')
  }

  focus(): void {
    record('window.focus')
  }

  isMinimized(): boolean {
    return this.#minimized
  }

  restore(): void {
    record('window.restore')
    this.#minimized = false
  }

  isDestroyed(): boolean {
    return this.#destroyed
  }

  close(): void {
    this.#destroyed = true
    windows = []
    this.webContents.page?.leave()
    this.webContents.emit('destroyed')
    this.emit('closed')
    app.emit('window-all-closed')
  }
}
