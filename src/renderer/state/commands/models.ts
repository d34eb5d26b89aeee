import type { ResponseOf } from '../../../shared/contract/types.ts'
import type { WhenceHost } from '../../host/host.ts'
import type { Store } from '../store.ts'
import { attempt, notify } from './notify.ts'

/** Choosing the model. */
export interface Models {
  readonly list: () => Promise<ResponseOf<'models.list'>>
  readonly use: (id: string) => void
}

/** Makes the commands. */
export function createModels(host: WhenceHost, store: Store): Models {
  return {
    list: () => host.call('models.list', {}),
    use: (id) =>
      attempt(store, async () => {
        const used = await host.call('models.use', { id })
        store.setState(({ app }) => ({ app: app === null ? null : { ...app, ...used } }))
        notify(store, { kind: 'info', text: `${used.model.name} is loaded.` })
      }),
  }
}
