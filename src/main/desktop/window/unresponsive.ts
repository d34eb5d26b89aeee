import { dialog, type BrowserWindow } from 'electron'

/** A page may be busy for a moment; only after this does it count as stuck. */
const patienceMs = 10_000

/** Offers to load a page again when it has not answered for a while. Never twice at once, and never for a moment's work. */
export function offerReloadWhenStuck(window: BrowserWindow, reload: () => void): void {
  let timer: NodeJS.Timeout | undefined
  let asking = false
  const ask = async (): Promise<void> => {
    asking = true
    const { response } = await dialog.showMessageBox(window, {
      type: 'warning',
      message: 'The window does not answer.',
      detail: 'Your history is safe. Loading the window again shows the last explanation.',
      buttons: ['Load again', 'Wait'],
      defaultId: 1,
      cancelId: 1,
    })
    asking = false
    if (response === 0 && !window.isDestroyed()) reload()
  }
  const calm = (): void => clearTimeout(timer)
  window.on('unresponsive', () => {
    clearTimeout(timer)
    if (!asking) timer = setTimeout(() => void ask(), patienceMs)
  })
  window.on('responsive', calm)
  window.on('closed', calm)
}
