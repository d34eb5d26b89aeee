import type { Settings } from '../../../shared/contract/library.ts'
import type { WhenceHost } from '../../host/host.ts'
import type { Store } from '../store.ts'
import { attempt } from './notify.ts'

/** What the app remembers between starts. */
export interface Preferences {
  /** Changes some of it at once; the app is asked to keep it a moment later. */
  readonly set: (part: Partial<Settings>) => void
  /** Sends the app now what has not been sent yet. */
  readonly flush: () => void
}

/** Sliders change many times a second; the app is asked to keep them when they rest, after this many milliseconds. */
const rest = 250

/** Makes the commands. */
export function createPreferences(host: WhenceHost, store: Store): Preferences {
  let waiting: Partial<Settings> = {}
  let timer: ReturnType<typeof setTimeout> | null = null
  const flush = (): void => {
    if (timer !== null) clearTimeout(timer)
    timer = null
    const part = waiting
    waiting = {}
    if (Object.keys(part).length > 0) attempt(store, () => host.call('settings.set', part))
  }
  return {
    flush,
    set: (part) => {
      store.setState(({ settings }) => ({ settings: { ...settings, ...part } }))
      waiting = { ...waiting, ...part }
      if (timer !== null) clearTimeout(timer)
      timer = setTimeout(flush, rest)
    },
  }
}
