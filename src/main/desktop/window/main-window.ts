import { BrowserWindow, nativeTheme } from 'electron'
import { startPage, stoppedPage } from '../page/app-address.ts'
import { recoveryPlan } from '../recovery.ts'
import { offerReloadWhenStuck } from './unresponsive.ts'
import { windowPolicy } from './window-policy.ts'

/** Background until the page has painted: the page's own, so that nothing flashes. */
const background = { light: '#f4f4f2', dark: '#141416' } as const

/** What a window is opened with. */
export interface WindowSetting {
  /** Path of the built preload. */
  readonly preload: string
  /** Path of the icon; the system takes it from the package where there is one. */
  readonly icon: string
  /** Whether the developer tools can be opened. */
  readonly developing: boolean
}

/** Opens the window; it shows itself when the page has painted. A page that is lost is loaded again once, with its state from main. */
export function openMainWindow({ preload, icon, developing }: WindowSetting): BrowserWindow {
  const window = new BrowserWindow({
    title: 'Whence',
    icon,
    width: 1280,
    height: 800,
    minWidth: 900,
    minHeight: 600,
    show: false,
    backgroundColor: nativeTheme.shouldUseDarkColors ? background.dark : background.light,
    webPreferences: { ...windowPolicy(preload, developing) },
  })
  window.once('ready-to-show', () => window.show())
  recoverLostPage(window)
  offerReloadWhenStuck(window, () => window.webContents.reload())
  void window.loadURL(startPage)
  return window
}

/** Brings the window to the person's attention. */
export function bringForward(window: BrowserWindow): void {
  if (window.isMinimized()) window.restore()
  window.show()
  window.focus()
}

function recoverLostPage(window: BrowserWindow): void {
  const plan = recoveryPlan(() => performance.now())
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    if (reason === 'clean-exit' || window.isDestroyed()) return
    void window.loadURL(plan() === 'reload' ? startPage : stoppedPage)
  })
}
