import type { Engine } from '../../engine/engine.ts'
import type { Cache } from '../../storage/cache/cache.ts'
import type { History } from '../../storage/library/history.ts'
import type { EngineQueue } from '../../engine/engine-queue.ts'
import type { ModelRegistry } from '../models/model-registry.ts'
import type { PictureService } from '../pictures/picture-service.ts'

/** What questions are answered with. */
export interface QuestionOptions {
  readonly engine: Engine
  readonly queue: EngineQueue
  readonly models: ModelRegistry
  readonly pictureService: PictureService
  readonly cache: Cache
  readonly history: History
}
