import type { BrowserContextOptions, Page } from 'playwright-core'
import type { Complaints } from './complaints.ts'

/** A file as a person drags it. */
export interface DroppedFile {
  readonly name: string
  readonly mime: string
  readonly bytes: Uint8Array
}

/** How the app is started. */
export interface Launch {
  /** Folder of the profile; a new one, removed at the end, when left out. */
  readonly profile?: string
  /** How the browser's window is; without meaning on the desktop. */
  readonly context?: BrowserContextOptions
}

/** The running app, whatever carries it. */
export interface Whence {
  readonly profile: string
  /** The window in front; another one after `restart` and `crashRenderer`. */
  readonly page: Page
  readonly complaints: Complaints
  /** Drops a file on the window. @param on selector of what lies under the pointer */
  dropFile(file: DroppedFile, on?: string): Promise<void>
  /** Ends the app politely when it still runs, and starts it again on the same profile. */
  restart(): Promise<void>
  /** Ends the engine's processes as a crash of its native code would; `false` when none was running. */
  killInference(): boolean
  /** Crashes the window's process, and waits for the window to be back. */
  crashRenderer(): Promise<void>
  close(): Promise<void>
}
