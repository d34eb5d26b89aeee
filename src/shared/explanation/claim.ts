import type { Suppression } from './parameters.ts'

/** How far numbers can be relied on: the exact map, or blocks of a preview. */
export type Exactness = { readonly kind: 'exact' } | { readonly kind: 'preview'; readonly rows: number; readonly columns: number }

/** What a number of a view stands for: everything that a sentence about it has to name. */
export interface Claim {
  /** Whether it is about how likely tokens are, or about the odds of one token against another. */
  readonly measure: 'likelihood' | 'odds'
  /** Tokens it is the mean over. */
  readonly tokens: number
  readonly suppression: Suppression
  readonly exactness: Exactness
}

/** Inputs that were suppressed in the pass behind a number. */
export interface Suppressed {
  /** Patches or tokens suppressed together; 1 for a single one. */
  readonly members: number
  /** Whether neighbours were suppressed with them. */
  readonly neighbours: boolean
}

/** A single patch or token: its neighbours go with it where κ is set. */
export function single({ threshold }: Suppression): Suppressed {
  return { members: 1, neighbours: threshold !== null }
}

/** A word of several tokens, a sentence or a block: its members go together, without neighbours. */
export function together(members: number): Suppressed {
  return { members, neighbours: false }
}
