/** How the two worlds of a page in Chromium speak: what the bridge of Electron does without a trace. */

/** First message of the page's own world, with the port for everything after it. */
export const hello = 'whence-wiring-hello'
/** Event by which the page's own world asks what was exposed, and the one that answers. */
export const askNames = 'whence-wiring-names'
/** See {@link askNames}. */
export const tellNames = 'whence-wiring-named'

/** What was exposed under which name. */
export interface Exposed {
  readonly key: string
  readonly names: readonly string[]
}

/** A function among arguments, in transit. */
export interface Callback {
  readonly callback: number
}

/** From the page's own world. */
export type Asked =
  | { readonly kind: 'call'; readonly id: number; readonly name: string; readonly args: readonly unknown[] }
  | { readonly kind: 'undo'; readonly id: number }

/** To the page's own world. */
export type Told =
  | { readonly kind: 'answer'; readonly id: number; readonly value: unknown }
  | { readonly kind: 'error'; readonly id: number; readonly message: string }
  | { readonly kind: 'callback'; readonly callback: number; readonly args: readonly unknown[] }

/** One end of a channel. */
export interface Port {
  postMessage(message: unknown): void
  addEventListener(kind: 'close', listener: () => void): void
  close(): void
}

/** What the page's worlds have that Node's types do not know. */
export interface Page {
  addEventListener(kind: string, listener: (event: PageEvent) => void, options?: { capture: boolean }): void
  dispatchEvent(event: object): boolean
  postMessage(message: unknown, target: string, transfer: readonly Port[]): void
  readonly CustomEvent: new (kind: string, init?: { detail: string }) => object
}

/** An event of either world. */
export interface PageEvent {
  readonly data: unknown
  readonly detail: string
  readonly ports: readonly Port[]
  stopImmediatePropagation(): void
}
