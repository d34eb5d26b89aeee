import { readFileSync } from 'node:fs'

const declarations = new URL('../../node_modules/electron/electron.d.ts', import.meta.url)

/** Every permission that the installed Electron asks for, read from its declarations: a version that brings more brings more tests. */
export function permissionNames(): readonly string[] {
  const text = readFileSync(declarations, 'utf8')
  const names = ['setPermissionRequestHandler', 'setPermissionCheckHandler'].flatMap((member) => {
    const line = new RegExp(`${member}\\(.*permission: ([^,]*),`).exec(text)?.[1] ?? ''
    return [...line.matchAll(/'([^']+)'/g)].map(([, name]) => name ?? '')
  })
  return [...new Set(names)].sort()
}
