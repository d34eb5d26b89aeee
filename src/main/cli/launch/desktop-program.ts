import { constants } from 'node:fs'
import { access, readFile } from 'node:fs/promises'
import { join } from 'node:path'

/** Electron's program, or why it cannot be used here. */
export type DesktopProgram =
  { readonly kind: 'program'; readonly path: string } | { readonly kind: 'none'; readonly reason: string }

/**
 * Looks for Electron's program without fetching it: its package would, when merely imported.
 * @param root the package's folder
 */
export async function desktopProgram(
  root: string,
  env: NodeJS.ProcessEnv,
  platform: NodeJS.Platform = process.platform,
): Promise<DesktopProgram> {
  const folder = join(root, 'node_modules', 'electron')
  const name = await readFile(join(folder, 'path.txt'), 'utf8').catch(() => null)
  const path = name === null ? null : join(env['ELECTRON_OVERRIDE_DIST_PATH'] ?? join(folder, 'dist'), name.trim())
  if (path === null || !(await isProgram(path)))
    return { kind: 'none', reason: 'its Electron program is not installed (node node_modules/electron/install.js fetches it)' }
  const display =
    platform !== 'linux' || [env['DISPLAY'], env['WAYLAND_DISPLAY']].some((display) => display !== undefined && display !== '')
  return display ? { kind: 'program', path } : { kind: 'none', reason: 'there is no display' }
}

async function isProgram(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  )
}
