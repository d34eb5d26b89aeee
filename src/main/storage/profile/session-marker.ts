import { closeSync, existsSync, fsyncSync, openSync, rmSync } from 'node:fs'
import { join } from 'node:path'

/** Shows whether the session before ended as it should: a file that is there exactly while a session runs. */
export interface SessionMarker {
  /** Whether the last session was killed, or found damage. */
  readonly wasUnclean: boolean
  /** Ends the session well. Without it the next one examines the databases. */
  clear(): void
}

/** Begins a session. */
export function markSession(folder: string): SessionMarker {
  const path = join(folder, 'session.open')
  const wasUnclean = existsSync(path)
  const file = openSync(path, 'w', 0o600)
  fsyncSync(file)
  closeSync(file)
  return { wasUnclean, clear: () => rmSync(path, { force: true }) }
}
