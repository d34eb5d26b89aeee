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
  readonly context?: BrowserContextOptions
}

/** The running app, whatever carries it. */
export interface Whence {
  readonly profile: string
  /** The window in front; another one after `restart` and `crashRenderer`. */
  readonly page: Page
  /** Process id of the host. */
  readonly pid: number
  readonly complaints: Complaints
  /** Address of every request that any window made. */
  readonly requests: readonly string[]
  /** Opens a second window on the same host. */
  openWindow(): Promise<Page>
  /** Drops a file on the window. @param on selector of what lies under the pointer */
  dropFile(file: DroppedFile, on?: string): Promise<void>
  /** Ends the host politely when it still runs, and starts it anew on the same profile. */
  restart(): Promise<void>
  /** Ends the host as a power cut would. */
  killHost(): Promise<void>
  /** Ends the engine's process as a crash of its native code would; `false` when none was running. */
  killInference(): boolean
  /** Crashes the window's process and opens the window again. */
  crashRenderer(): Promise<void>
  /** What the host wrote for its log. */
  log(): string
  close(): Promise<void>
}
