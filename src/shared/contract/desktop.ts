import type { Answer, Refusal } from './answer.ts'
import type { Bridge } from './bridge.ts'
import type { AddedPicture } from './library.ts'

/** Entries of the desktop's menu that the page carries out. */
export const menuCommands = ['open-picture', 'export', 'find', 'settings', 'licences'] as const
/** See {@link menuCommands}. */
export type MenuCommand = (typeof menuCommands)[number]

/** News that the desktop sends to a page unasked. */
export type DesktopNews =
  | { readonly kind: 'command'; readonly command: MenuCommand }
  /** A picture opened from outside: by its icon, by a second start, from the list of recent files. */
  | { readonly kind: 'opened'; readonly picture: AddedPicture }
  /** A file opened from outside that cannot be shown. */
  | { readonly kind: 'not-opened'; readonly refusal: Refusal }

/** All that the preload puts at `window.whence`. No function given to it ever receives an event object of Electron. */
export interface DesktopBridge extends Bridge {
  /**
   * Takes a dropped or pasted `File` by its place on the disk, which the page does not learn. Answers with `null` when the file lies on
   * no disk; then its bytes go through `picture.add`.
   */
  takeFile(file: object): Promise<Answer<AddedPicture> | null>
  /** Calls with the desktop's news, beginning with those from before anybody listened. Only the latest listener is called. */
  onNews(listener: (news: DesktopNews) => void): void
}

/** Names under which the preload and the main process speak; nobody else uses them. */
export const channels = {
  /** A question with one answer: name and request. */
  call: 'whence:call',
  /** A question answered by events, on the port sent along. */
  stream: 'whence:stream',
  /** Path of a dropped file: never the page's word, always the preload's. */
  file: 'whence:file',
  /** Where news go: on the port sent along. */
  news: 'whence:news',
} as const
