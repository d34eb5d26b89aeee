/** What `electron` is to the app in the wiring tests: about 25 members of its interface, typed by it; any other throws by its name. */
export { app } from './app.ts'
export { dialog, Menu, nativeTheme, shell } from './desktop.ts'
export { ipcMain } from './ipc.ts'
export { protocol, session } from './session.ts'
export { utilityProcess } from './utility-process.ts'
export { BrowserWindow } from './window.ts'
