import { app, dialog, utilityProcess } from 'electron'
import type { LaunchOptions } from './launch-options.ts'
import { launchOptions } from './launch-options.ts'

/** Arguments of this start. Electron itself takes the first one or, run from a checkout, the first two. */
export function ownLaunchOptions(): LaunchOptions {
  return launchOptions(process.argv.slice(app.isPackaged ? 1 : 2), process.cwd())
}

/** Whether this is the packaged app and not a checkout. */
export function isPackaged(): boolean {
  return app.isPackaged
}

/** Resolves once windows can be opened. */
export async function appReady(): Promise<void> {
  await app.whenReady()
}

/** Calls when the system asks to open a picture: by its icon, or dropped on the app's. Before the app is ready, too. */
export function onOpenFile(listener: (path: string) => void): void {
  app.on('open-file', (event, path) => {
    event.preventDefault()
    listener(path)
  })
}

/** Ends the app with its last window, and tidies up before. On macOS too: an app without a window would hold the profile for nothing. */
export function endWithLastWindow(tidyUp: () => Promise<void>): void {
  let tidy = false
  app.on('window-all-closed', () => app.quit())
  app.on('will-quit', (event) => {
    if (tidy) return
    event.preventDefault()
    tidy = true
    void tidyUp().finally(() => app.quit())
  })
}

/** Says why the app cannot start, and ends it. */
export function refuseToStart(reason: string): void {
  dialog.showErrorBox('Whence cannot start', reason)
  app.exit(1)
}

/** Puts a picture on the system's list of recent files. */
export function rememberRecent(path: string): void {
  app.addRecentDocument(path)
}

/** Starts a program in a utility process. */
export const forkUtility = utilityProcess.fork.bind(utilityProcess)
