import { join } from 'node:path'
import type { Engine } from '../engine/engine.ts'
import { exportMaker } from '../export/make-export.ts'
import { exitInWords, type EngineLauncher } from '../engine/process/parent/launcher.ts'
import { startEngineProcess } from '../engine/process/parent/process-engine.ts'
import { openStorage, type Storage } from '../storage/storage.ts'
import { createWhence } from './create-whence.ts'
import type { Handlers } from './handlers.ts'

/** What differs between the hosts of the app. */
export interface WhenceSetting {
  /** Folder of the library. */
  readonly profile: string
  /** Folder that holds `models` and `resources`. */
  readonly root: string
  /** Folder of the person's own models; `null` for none. */
  readonly models: string | null
  /** Folder for rewritten decoders, safe to delete; `null` keeps them in memory only. */
  readonly cacheFolder: string | null
  readonly version: string
  /** Starts the engines' processes. */
  readonly launcher: EngineLauncher
  readonly log: (line: string) => void
}

/** The app behind a host. */
export interface OpenWhence {
  readonly handlers: Handlers
  /** Ends the session and the engines, whatever is in progress. */
  close(): Promise<void>
}

/** Most memory the image bank may keep, in MiB: the pictures of a working session at 144 patches. */
const bankMiB = 512

/**
 * Opens a profile and puts the app together on engines of their own processes, which start when they are first needed.
 * @throws `profile-locked`, or `profile-newer`
 */
export async function openWhence(setting: WhenceSetting): Promise<OpenWhence> {
  const { profile, root, models, version } = setting
  const storage = await openStorage(profile)
  const engines = { engine: newEngine(setting, bankMiB), reader: newEngine(setting, 0) }
  const close = (): Promise<void> => closeAll(storage, [engines.engine, engines.reader])
  try {
    const handlers = await createWhence({
      ...engines,
      storage,
      modelFolders: [...(models === null ? [] : [models]), join(root, 'models')],
      firstModel: 'whence-scenes',
      samplesFolder: join(root, 'resources', 'samples'),
      licencesFile: join(root, 'resources', 'licences.json'),
      version,
      opened: null,
      makeExport: exportMaker(join(root, 'resources')),
      notices: [],
    })
    return { handlers, close }
  } catch (error) {
    await close()
    throw error
  }
}

function newEngine({ launcher, cacheFolder, log }: WhenceSetting, bankMiB: number): Engine {
  const engine = startEngineProcess({ device: 'auto', bankMiB, batch: null, cacheFolder }, launcher)
  engine.onCrash((crash) =>
    log(`the engine ended: ${exitInWords(crash)}${crash.lastOutput === '' ? '' : `\n${crash.lastOutput}`}`),
  )
  return engine
}

/** The session is ended first: it is quick, and the most that can be lost. */
async function closeAll(storage: Storage, engines: readonly Engine[]): Promise<void> {
  storage.close()
  await Promise.allSettled(engines.map((engine) => engine.close()))
}
