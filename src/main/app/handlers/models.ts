import type { ModelRegistry } from '../models/model-registry.ts'
import type { Handlers } from '../handlers.ts'

/** Answers about models. */
export function modelHandlers(models: ModelRegistry): Pick<Handlers, 'models.list' | 'models.use'> {
  return {
    'models.list': () => models.list(),
    'models.use': async ({ id }, { signal }) => {
      const { info, provider } = await models.use(id, signal)
      return { model: { ...info }, provider }
    },
  }
}
