import { homedir } from 'node:os'
import { join, resolve } from 'node:path'

/**
 * Folder of a person's library, by the system's custom.
 * @param chosen another place, as the person gave it; `null` for the usual one
 */
export function profileFolder(
  chosen: string | null,
  env: NodeJS.ProcessEnv = process.env,
  platform: NodeJS.Platform = process.platform,
): string {
  if (chosen !== null) return resolve(chosen)
  if (platform === 'win32') return join(env['APPDATA'] ?? join(homedir(), 'AppData', 'Roaming'), 'Whence')
  if (platform === 'darwin') return join(homedir(), 'Library', 'Application Support', 'Whence')
  const xdg = env['XDG_DATA_HOME']
  // The specification says that a relative path is to be ignored.
  return join(xdg?.startsWith('/') === true ? xdg : join(homedir(), '.local', 'share'), 'whence')
}
