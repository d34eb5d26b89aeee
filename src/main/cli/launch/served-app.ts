import { fail } from '../../../shared/contract/failure.ts'
import { openWhence } from '../../app/open-whence.ts'
import { bugReporter } from '../../app/report-bug.ts'
import type { Router } from '../../app/router.ts'
import { createRouter } from '../../app/router.ts'
import { nodeLauncher } from '../../engine/process/parent/node-launcher.ts'
import { cacheFolder } from '../../files/cache-folder.ts'
import { isFolder } from '../commands/find-model.ts'
import type { Terminal } from '../terminal.ts'
import { packageVersion } from '../../files/package-root.ts'

/** The app behind the browser host. */
export interface ServedApp {
  readonly router: Router
  /** Ends the engines and the session, whatever is in progress. */
  close(): Promise<void>
}

/**
 * Opens a profile and puts the app together for pages that have no dialogs of the system.
 * `profile` is the folder of the library, `models` a folder of more models.
 * @throws `profile-locked`, `profile-newer` or `model-missing`
 */
export async function openServedApp(
  { root, env }: Pick<Terminal, 'root' | 'env'>,
  profile: string,
  models: string | null,
  log: (line: string) => void,
): Promise<ServedApp> {
  if (models !== null && !(await isFolder(models))) fail('model-missing', { name: models })
  const whence = await openWhence({
    profile,
    root,
    models,
    cacheFolder: cacheFolder(env),
    version: packageVersion(root),
    launcher: nodeLauncher(),
    log,
  })
  // Only a checkout has TypeScript: there, answers are held against the contract too.
  const checkAnswers = import.meta.url.endsWith('.ts')
  const router = createRouter({ handlers: whence.handlers, native: null, checkAnswers, report: bugReporter(log) })
  return { router, close: () => whence.close() }
}
