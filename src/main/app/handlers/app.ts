import { readFile } from 'node:fs/promises'
import { modelCaution } from '../../../shared/explanation/model/model-info.ts'
import { failureOf, sentence } from '../../../shared/contract/failure.ts'
import type { AddedPicture } from '../../../shared/contract/library.ts'
import { methods } from '../../../shared/contract/methods.ts'
import type { PictureSource } from '../../engine/engine.ts'
import type { ModelRegistry } from '../models/model-registry.ts'
import type { PictureService } from '../pictures/picture-service.ts'
import type { History } from '../../storage/library/history.ts'
import type { Handlers } from '../handlers.ts'

/** What the questions about the app itself are answered with. */
export interface AppParts {
  readonly version: string
  readonly licencesFile: string
  readonly models: ModelRegistry
  readonly pictureService: PictureService
  readonly history: History
  /** Sentences not sent yet; removed as they are sent. */
  readonly notices: string[]
  readonly opened: PictureSource | null
  readonly sample: string | null
}

/** Answers about the app itself. */
export function appHandlers(parts: AppParts): Pick<Handlers, 'app.state' | 'app.licences'> {
  const { models, pictureService, history, notices } = parts
  let opened = parts.opened

  /** A picture is opened once: after a reload the window shows what it showed. */
  async function takeOpened(signal: AbortSignal): Promise<AddedPicture | null> {
    const source = opened
    opened = null
    if (source === null) return null
    try {
      return await pictureService.add(source, signal)
    } catch (error) {
      const failure = failureOf(error)
      if (failure === null) throw error
      notices.push(sentence(failure))
      return null
    }
  }

  return {
    'app.state': async (_, { client, signal }) => {
      const { info, provider } = await models.current()
      const picture = await takeOpened(signal)
      const caution = modelCaution(info)
      return {
        version: parts.version,
        host: client.host,
        model: { ...info },
        provider,
        notices: [...notices.splice(0), ...(caution === null ? [] : [caution])],
        opened: picture,
        sample: parts.sample === null ? null : (history.find(parts.sample)?.id ?? null),
      }
    },
    'app.licences': async () => methods['app.licences'].response.parse(JSON.parse(await readFile(parts.licencesFile, 'utf8'))),
  }
}
