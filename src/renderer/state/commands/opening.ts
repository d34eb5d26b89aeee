import type { AddedPicture } from '../../../shared/contract/library.ts'
import type { WhenceHost } from '../../host/host.ts'
import type { Store } from '../store.ts'
import { change } from '../store.ts'
import { clearView } from '../clear-view.ts'
import type { Explaining } from './explaining.ts'
import { attempt } from './notify.ts'

/** Getting pictures in. Each is explained at once with the prompt as it stands. */
export interface Opening {
  /** Takes a dropped, pasted or chosen file. */
  readonly file: (file: File) => void
  /** Lets the person choose in the system's dialog. */
  readonly choose: () => void
  /** Takes one of the sample pictures. */
  readonly sample: (name: string) => void
  /** Asks about text alone. */
  readonly withoutPicture: () => void
  /** Takes a picture the app already has. */
  readonly added: (picture: AddedPicture) => void
}

/** Makes the commands. */
export function createOpening(host: WhenceHost, store: Store, { write, leave }: Pick<Explaining, 'write' | 'leave'>): Opening {
  const added = (picture: AddedPicture): void => {
    change(store, 'asking', { picture })
    attempt(store, write)
  }
  return {
    added,
    file: (file) =>
      attempt(store, async () => {
        added(await host.addPicture(file))
      }),
    choose: () =>
      attempt(store, async () => {
        const picture = await host.call('picture.choose', {})
        if (picture !== null) added(picture)
      }),
    sample: (name) => attempt(store, async () => added(await host.call('samples.open', { name }))),
    withoutPicture: () => {
      leave()
      clearView(store)
      change(store, 'asking', { picture: null })
      change(store, 'explaining', { answer: null, firstRun: false, forgotten: null, run: { kind: 'idle' } })
    },
  }
}
