import type { AddedPicture } from './library.ts'

/** Why a question was not answered: a stable code, or `bug`, and one sentence for the person. */
export interface Refusal {
  readonly kind: 'refusal'
  readonly code: string
  readonly message: string
}

/** How a call ends. A value, because an error that crosses from main to a window keeps nothing but its message. */
export type BridgeAnswer = { readonly kind: 'answer'; readonly value: unknown } | Refusal

/** What a stream tells; `end` or `refusal` is the last. */
export type BridgeMessage = { readonly kind: 'event'; readonly event: unknown } | { readonly kind: 'end' } | Refusal

/** Entries of the desktop's menu that the page carries out. */
export const menuCommands = ['open-picture', 'export', 'cancel', 'find', 'settings', 'licences'] as const
/** See {@link menuCommands}. */
export type MenuCommand = (typeof menuCommands)[number]

/** What the desktop tells a page unasked. */
export type DesktopNews =
  | { readonly kind: 'command'; readonly command: MenuCommand }
  /** A picture opened from outside: by its icon, by a second start, from the list of recent files. */
  | { readonly kind: 'opened'; readonly picture: AddedPicture }
  /** A file opened from outside that is no picture. */
  | { readonly kind: 'not-opened'; readonly refusal: Refusal }

/**
 * What the preload offers the page as `window.whence`: carries questions of the contract to the app and answers back. Requests and answers
 * travel by structured clone. No function given to it ever receives an event object of Electron.
 */
export interface DesktopBridge {
  /** Asks a question with one answer. Never rejects on a refusal. */
  call(name: string, request: unknown): Promise<BridgeAnswer>
  /** Asks a question answered by events; the call it returns takes the question back. */
  openStream(name: string, request: unknown, onMessage: (message: BridgeMessage) => void): () => void
  /**
   * Takes a dropped or pasted `File` by its place on the disk, which the page does not learn. Answers with an {@link AddedPicture}, or
   * with `null` when the file lies on no disk; then its bytes go through `picture.add`.
   */
  takeFile(file: object): Promise<BridgeAnswer | null>
  /** Hears what the desktop tells, including what it told before anybody listened. One listener: the latest. */
  onNews(listener: (news: DesktopNews) => void): void
}
