import { join } from 'node:path'
import { fail } from '../../shared/domain/failure.ts'
import type { Engine } from '../engine/engine.ts'
import { createWhence } from '../ipc/create-whence.ts'
import { bugReporter } from '../ipc/report-bug.ts'
import type { Router } from '../ipc/router.ts'
import { createRouter } from '../ipc/router.ts'
import { exitInWords } from '../process/launcher.ts'
import { nodeLauncher } from '../process/node-launcher.ts'
import { startEngineProcess } from '../process/process-engine.ts'
import type { Storage } from '../storage/storage.ts'
import { openStorage } from '../storage/storage.ts'
import { cacheFolder } from './cache-folder.ts'
import { defaultModel } from './choices.ts'
import { isFolder, modelsFolder } from './find-model.ts'
import type { Host } from './host.ts'
import { packageVersion } from './package-root.ts'

/** Most memory the image bank may keep, in MiB: the pictures of a working session at 144 patches. */
const bankMiB = 512

/** The app behind the browser host. */
export interface ServedApp {
  readonly router: Router
  /** Ends the engines and the session, whatever is in progress. */
  close(): Promise<void>
}

/**
 * Opens a profile and puts the app together on engines of their own processes, which start when they are first needed.
 * `profile` is the folder of the library, `models` a folder of more models.
 * @throws `profile-locked`, `profile-newer` or `model-missing`
 */
export async function openServedApp(
  { root, env }: Pick<Host, 'root' | 'env'>,
  profile: string,
  models: string | null,
  log: (line: string) => void,
): Promise<ServedApp> {
  if (models !== null && !(await isFolder(models))) fail('model-missing', { name: models })
  const storage = await openStorage(profile)
  const folder = cacheFolder(env)
  const engines = { engine: newEngine(bankMiB, folder, log), reader: newEngine(0, folder, log) }
  try {
    return {
      router: await routerOf(root, storage, engines, models, log),
      close: () => close(storage, engines),
    }
  } catch (error) {
    await close(storage, engines)
    throw error
  }
}

interface Engines {
  readonly engine: Engine
  readonly reader: Engine
}

async function routerOf(
  root: string,
  storage: Storage,
  engines: Engines,
  models: string | null,
  log: (line: string) => void,
): Promise<Router> {
  const handlers = await createWhence({
    ...engines,
    storage,
    modelFolders: [...(models === null ? [] : [models]), modelsFolder(root)],
    firstModel: defaultModel,
    samplesFolder: join(root, 'resources', 'samples'),
    licencesFile: join(root, 'resources', 'licences.json'),
    version: packageVersion(root),
    opened: null,
    makeExport: () => Promise.reject(new Error('exports are still to come')),
    notices: [],
  })
  return createRouter({ handlers, native: null, checkAnswers: import.meta.url.endsWith('.ts'), report: bugReporter(log) })
}

function newEngine(bank: number, folder: string | null, log: (line: string) => void): Engine {
  const engine = startEngineProcess({ device: 'auto', bankMiB: bank, batch: null, cacheFolder: folder }, nodeLauncher())
  engine.onCrash((crash) => log(`the engine ended: ${exitInWords(crash)}${crash.lastWords === '' ? '' : `\n${crash.lastWords}`}`))
  return engine
}

/** The session is ended first: it is quick, and the most that can be lost. */
async function close(storage: Storage, { engine, reader }: Engines): Promise<void> {
  storage.close()
  await Promise.allSettled([engine.close(), reader.close()])
}
