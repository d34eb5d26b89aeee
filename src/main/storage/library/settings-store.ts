import { defaultSettings } from '../../../shared/contract/default-settings.ts'
import type { Settings } from '../../../shared/contract/library.ts'
import { settings } from '../../../shared/contract/library.ts'
import type { KeyValueStore } from './key-value-store.ts'

/** The person's settings. */
export interface SettingsStore {
  /** All of them. */
  get(): Settings
  /** Changes some; answers with all. */
  set(change: { readonly [Name in keyof Settings]?: Settings[Name] | undefined }): Settings
}

/** Settings over a memory, and whether some of what was there could not be read: those are as at first. */
export function settingsOver(keyValues: KeyValueStore): { readonly store: SettingsStore; readonly spoilt: boolean } {
  const { read, spoilt } = readSettings(keyValues.recall('settings'))
  let current = read
  return {
    spoilt,
    store: {
      get: () => current,
      set: (change) => {
        const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined))
        const changed = settings.parse({ ...current, ...given })
        keyValues.remember('settings', JSON.stringify(changed))
        current = changed
        return changed
      },
    },
  }
}

/** Takes every setting that is valid by itself. One that is missing was not known when they were written. */
function readSettings(json: string | null): { read: Settings; spoilt: boolean } {
  if (json === null) return { read: defaultSettings, spoilt: false }
  const kept = parse(json)
  if (kept === null) return { read: defaultSettings, spoilt: true }
  const names = Object.keys(settings.shape) as (keyof Settings)[]
  const read = names
    .filter((name) => Object.hasOwn(kept, name))
    .map((name) => [name, settings.shape[name].safeParse(kept[name])] as const)
  const valid = Object.fromEntries(read.flatMap(([name, { success, data }]) => (success ? [[name, data]] : [])))
  return { read: { ...defaultSettings, ...valid }, spoilt: read.some(([, { success }]) => !success) }
}

function parse(json: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(json)
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null
  } catch {
    return null
  }
}
