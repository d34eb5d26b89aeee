import type { WebPreferences } from 'electron'

/**
 * What every window may do, which is as little as Electron allows. Stated in full although much of it is Electron's default: a default
 * can change, and a test compares every window with this.
 * @param preload path of the built preload
 * @param developing whether the developer tools can be opened
 */
export function windowPolicy(preload: string, developing: boolean): Readonly<WebPreferences> {
  return Object.freeze({
    preload,
    contextIsolation: true,
    sandbox: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    webSecurity: true,
    allowRunningInsecureContent: false,
    experimentalFeatures: false,
    navigateOnDragDrop: false,
    plugins: false,
    webviewTag: false,
    spellcheck: false,
    devTools: developing,
  })
}
