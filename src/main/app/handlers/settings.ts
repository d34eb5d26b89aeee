import type { SettingsStore } from '../../storage/library/settings-store.ts'
import type { Handlers } from '../handlers.ts'

/** Answers about settings. */
export function settingsHandlers(settings: SettingsStore): Pick<Handlers, 'settings.get' | 'settings.set'> {
  return {
    'settings.get': async () => settings.get(),
    'settings.set': async (change) => settings.set(change),
  }
}
