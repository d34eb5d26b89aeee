import type { ModelShelf } from '../../explain/model-shelf.ts'
import type { Handlers } from '../handlers-type.ts'

/** Answers about models. */
export function modelHandlers(models: ModelShelf): Pick<Handlers, 'models.list' | 'models.use'> {
  return {
    'models.list': () => models.list(),
    'models.use': async ({ id }, { signal }) => {
      const { info, provider } = await models.use(id, signal)
      return { model: { ...info }, provider }
    },
  }
}
