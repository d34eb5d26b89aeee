import { homedir } from 'node:os'
import { join } from 'node:path'

/** Where rewritten decoders are kept between runs, by the system's custom; safe to delete. WHENCE_CACHE names another place, empty for none. */
export function cacheFolder(env: NodeJS.ProcessEnv, platform: NodeJS.Platform = process.platform): string | null {
  const chosen = env['WHENCE_CACHE']
  if (chosen !== undefined) return chosen === '' ? null : chosen
  if (platform === 'win32') return join(env['LOCALAPPDATA'] ?? join(homedir(), 'AppData', 'Local'), 'Whence', 'Cache')
  if (platform === 'darwin') return join(homedir(), 'Library', 'Caches', 'Whence')
  const xdg = env['XDG_CACHE_HOME']
  return join(xdg?.startsWith('/') === true ? xdg : join(homedir(), '.cache'), 'whence')
}
