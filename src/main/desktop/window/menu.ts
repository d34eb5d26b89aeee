import { Menu, type MenuItemConstructorOptions } from 'electron'
import type { MenuCommand } from '../../../shared/contract/desktop.ts'

/** What the menu's entries do. */
export interface MenuActions {
  /** Has the page do it. */
  readonly command: (command: MenuCommand) => void
}

/** The menu: what the page does, and what every window of the system can do. @param developing whether the developer tools are offered */
function menuTemplate(
  { command }: MenuActions,
  { mac, developing }: { readonly mac: boolean; readonly developing: boolean },
): MenuItemConstructorOptions[] {
  const item = (label: string, name: MenuCommand, accelerator?: string): MenuItemConstructorOptions => ({
    id: name,
    label,
    click: () => command(name),
    ...(accelerator === undefined ? {} : { accelerator }),
  })
  const settings = item('Settings…', 'settings', 'CmdOrCtrl+,')
  return [
    ...(mac ? [appMenu(settings)] : []),
    {
      label: '&File',
      submenu: [
        item('Open Picture…', 'open-picture', 'CmdOrCtrl+O'),
        { role: 'recentDocuments', submenu: [{ role: 'clearRecentDocuments' }], visible: mac },
        { type: 'separator' },
        item('Export…', 'export', 'CmdOrCtrl+E'),
        { type: 'separator' },
        ...(mac ? [] : [settings]),
        { role: mac ? 'close' : 'quit' },
      ],
    },
    { label: '&Edit', submenu: [...editing, { type: 'separator' }, item('Search the History', 'find', 'CmdOrCtrl+F')] },
    { label: '&View', submenu: viewing(developing) },
    { role: 'windowMenu' },
    { role: 'help', submenu: [item('Licences', 'licences')] },
  ]
}

/** Puts the menu in place. */
export function installMenu(actions: MenuActions, developing: boolean): void {
  Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(actions, { mac: process.platform === 'darwin', developing })))
}

function appMenu(settings: MenuItemConstructorOptions): MenuItemConstructorOptions {
  return {
    role: 'appMenu',
    submenu: [
      { role: 'about' },
      { type: 'separator' },
      settings,
      { type: 'separator' },
      { role: 'hide' },
      { role: 'hideOthers' },
      { role: 'unhide' },
      { type: 'separator' },
      { role: 'quit' },
    ],
  }
}

const editing: readonly MenuItemConstructorOptions[] = [
  { role: 'undo' },
  { role: 'redo' },
  { type: 'separator' },
  { role: 'cut' },
  { role: 'copy' },
  { role: 'paste' },
  { role: 'selectAll' },
]

function viewing(developing: boolean): MenuItemConstructorOptions[] {
  return [
    { role: 'resetZoom' },
    { role: 'zoomIn' },
    { role: 'zoomOut' },
    { type: 'separator' },
    { role: 'togglefullscreen' },
    ...(developing ? [{ role: 'reload' } as const, { role: 'toggleDevTools' } as const] : []),
  ]
}
