import type Electron from 'electron'
import { onlyWhenReady, record } from './records.ts'
import { strict } from './strict.ts'

/** What the next dialogs answer; a test sets it. */
export const answers: {
  open: Electron.OpenDialogReturnValue
  save: Electron.SaveDialogReturnValue
  message: Electron.MessageBoxReturnValue
} = {
  open: { canceled: true, filePaths: [] },
  save: { canceled: true, filePath: '' },
  message: { response: 1, checkboxChecked: false },
}

/** `dialog` of Electron. */
export const dialog = strict('dialog', {
  showOpenDialog: async (_window: unknown, options: Electron.OpenDialogOptions) => {
    onlyWhenReady('dialog.showOpenDialog')
    record('dialog.showOpenDialog', options)
    return answers.open
  },
  showSaveDialog: async (_window: unknown, options: Electron.SaveDialogOptions) => {
    record('dialog.showSaveDialog', options)
    return answers.save
  },
  showMessageBox: async (_window: unknown, options: Electron.MessageBoxOptions) => {
    record('dialog.showMessageBox', options)
    return answers.message
  },
  showErrorBox: (title: string, content: string) => {
    record('dialog.showErrorBox', title, content)
    process.stderr.write(`${title}: ${content}\n`)
  },
} satisfies Partial<Record<keyof Electron.Dialog, unknown>>)

/** `shell` of Electron. */
export const shell = strict('shell', {
  openExternal: async (url: string) => record('shell.openExternal', url),
} satisfies Partial<Record<keyof Electron.Shell, unknown>>)

/** `nativeTheme` of Electron. */
export const nativeTheme = strict('nativeTheme', { shouldUseDarkColors: false } satisfies Partial<Electron.NativeTheme>)

/** `Menu` of Electron: keeps the template. */
export const Menu = strict('Menu', {
  buildFromTemplate: (template: Electron.MenuItemConstructorOptions[]) => template,
  setApplicationMenu: (menu: unknown) => {
    onlyWhenReady('Menu.setApplicationMenu')
    record('Menu.setApplicationMenu', menu)
  },
})
