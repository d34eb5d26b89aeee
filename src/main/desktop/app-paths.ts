import { join } from 'node:path'
import { app } from 'electron'

/** Where the parts of the app lie. */
export interface AppPaths {
  /** Folder that holds `models` and `resources`: the checkout, or the packaged app's resources outside the archive. */
  readonly root: string
  readonly preload: string
  readonly renderer: string
  readonly icon: string
}

/** @param built folder of the built main process */
export function appPaths(built: string): AppPaths {
  const root = app.isPackaged ? process.resourcesPath : join(built, '..', '..')
  return {
    root,
    preload: join(built, '..', 'preload', 'index.cjs'),
    renderer: join(built, '..', 'renderer'),
    icon: join(root, 'resources', 'icons', 'icon.png'),
  }
}
