import type { Explaining } from './commands/explaining.ts'
import { createExplaining } from './commands/explaining.ts'
import type { Exporting } from './commands/exporting.ts'
import { createExporting } from './commands/exporting.ts'
import type { History } from './commands/history.ts'
import { createHistory } from './commands/history.ts'
import type { Inspecting } from './commands/inspecting.ts'
import { createInspecting } from './commands/inspecting.ts'
import type { JointPasses } from './commands/joint-passes.ts'
import { createJointPasses } from './commands/joint-passes.ts'
import type { Models } from './commands/models.ts'
import { createModels } from './commands/models.ts'
import { attempt } from './commands/notify.ts'
import type { Opening } from './commands/opening.ts'
import { createOpening } from './commands/opening.ts'
import type { Pinning } from './commands/pinning.ts'
import { createPinning } from './commands/pinning.ts'
import type { Preferences } from './commands/preferences.ts'
import { createPreferences } from './commands/preferences.ts'
import type { StartManner } from './commands/start.ts'
import { start } from './commands/start.ts'
import type { Preparing } from './commands/preparing.ts'
import { createPreparing } from './commands/preparing.ts'
import type { Steering } from './commands/steering.ts'
import { createSteering } from './commands/steering.ts'
import type { WhenceHost } from '../host/host.ts'
import type { Rasters } from './rasters.ts'
import { createRasters } from './rasters.ts'
import type { Store } from './store.ts'
import { openStore } from './store.ts'

/** State and commands of one window. */
export interface Workspace {
  readonly host: WhenceHost
  readonly store: Store
  readonly rasters: Rasters
  readonly explaining: Explaining
  readonly opening: Opening
  readonly pinning: Pinning
  readonly jointPasses: JointPasses
  readonly inspecting: Inspecting
  readonly history: History
  readonly preferences: Preferences
  readonly preparing: Preparing
  readonly steering: Steering
  readonly exporting: Exporting
  readonly models: Models
  /** Fills the window. */
  start(manner: StartManner): Promise<void>
}

/** Makes a window's state and commands; nothing is asked of the host yet. */
export function createWorkspace(host: WhenceHost, download: (name: string, mime: string, bytes: Uint8Array) => void): Workspace {
  const store = openStore()
  const preferences = createPreferences(host, store)
  const preparing = createPreparing(host, store)
  const explaining = createExplaining(host, store, {
    beginning: preparing.stop,
    saved: (entry, shown) => {
      if (shown) preferences.set({ lastEntry: entry })
      attempt(store, () => history.refresh())
    },
    open: (entry) => attempt(store, () => history.open(entry)),
  })
  const history = createHistory(host, store, preferences, explaining.leave)
  const opening = createOpening(host, store, explaining)
  return {
    host,
    store,
    explaining,
    history,
    opening,
    preferences,
    preparing,
    rasters: createRasters(host),
    pinning: createPinning(store, () => attempt(store, explaining.widen)),
    jointPasses: createJointPasses(host, store),
    inspecting: createInspecting(host, store),
    steering: createSteering(host, store),
    exporting: createExporting(host, store, download),
    models: createModels(host, store),
    start: (manner) => start(host, store, history, opening, manner),
  }
}
