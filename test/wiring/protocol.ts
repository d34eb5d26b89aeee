/** A function to be run in a wiring child. */
export interface ToWiring {
  readonly id: number
  readonly place: 'main' | 'page'
  readonly source: string
  readonly argument: unknown
}

/** What a wiring child tells. */
export type FromWiring =
  | { readonly kind: 'started' }
  /** The page in the browser is to load this. */
  | { readonly kind: 'load'; readonly url: string }
  | { readonly kind: 'answer'; readonly id: number; readonly value: unknown }
  | { readonly kind: 'error'; readonly id: number; readonly error: string }
  | { readonly kind: 'unhandled'; readonly error: string }
