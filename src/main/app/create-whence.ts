import type { Engine, PictureSource } from '../engine/engine.ts'
import { firstEntry } from './explain/first-entry.ts'
import { modelRegistry } from './models/model-registry.ts'
import { createPictureService } from './pictures/picture-service.ts'
import { questions } from './explain/questions.ts'
import { EngineQueue } from '../engine/engine-queue.ts'
import type { Storage } from '../storage/storage.ts'
import type { Handlers } from './handlers.ts'
import { appHandlers } from './handlers/app.ts'
import { exportHandlers } from './handlers/export.ts'
import type { MakeExport } from './handlers/export.ts'
import { historyHandlers } from './handlers/history.ts'
import { modelHandlers } from './handlers/models.ts'
import { pictureHandlers } from './handlers/pictures.ts'
import { questionHandlers } from './handlers/questions.ts'
import { settingsHandlers } from './handlers/settings.ts'

/** What the app is made of, whatever its host. */
export interface WhenceParts {
  readonly engine: Engine
  /** A second engine that only reads pictures, so that a new one need not wait for a sweep; `null` lets the first do it. */
  readonly reader: Engine | null
  readonly storage: Storage
  /** Folders whose folders are models; the person's own and the one that comes with Whence. */
  readonly modelFolders: readonly string[]
  /** Name of the model to begin with. */
  readonly firstModel: string
  /** Folder of the sample pictures. */
  readonly samplesFolder: string
  /** File of the licences, made by scripts/collect-licences.ts. */
  readonly licencesFile: string
  readonly version: string
  /** A picture given on the command line, to be opened first. */
  readonly opened: PictureSource | null
  /** Makes the files of `export.make`. */
  readonly makeExport: MakeExport
  /** Further sentences for the person: a device that could not be used. */
  readonly notices: readonly string[]
}

/** Puts the app together: one handler for every line of the contract that is not native. Nothing is loaded before somebody asks. */
export async function createWhence(parts: WhenceParts): Promise<Handlers> {
  const { engine, reader, storage, modelFolders, firstModel, samplesFolder } = parts
  const { history, cache, pictures, keyValues, settings } = storage
  const notices = [...storage.notices, ...parts.notices]
  const queue = new EngineQueue()
  const notify = (notice: string): void => void notices.push(notice)
  const models = modelRegistry({ engine, queue, keyValues, folders: modelFolders, first: firstModel, notify })
  const pictureService = createPictureService({ engine, reader, queue, pictures, cache, models })
  const asked = questions({ engine, queue, models, pictureService, cache, history })
  const sample = await firstEntry(storage, samplesFolder)
  return {
    ...appHandlers({
      version: parts.version,
      licencesFile: parts.licencesFile,
      models,
      pictureService,
      history,
      notices,
      opened: parts.opened,
      sample,
    }),
    ...modelHandlers(models),
    ...pictureHandlers({ pictureService, asked, samplesFolder }),
    ...questionHandlers({ asked, history }),
    ...historyHandlers({ history, cache, asked }),
    ...settingsHandlers(settings),
    ...exportHandlers({ history, cache, asked, pictureService, version: parts.version, makeExport: parts.makeExport }),
  }
}
