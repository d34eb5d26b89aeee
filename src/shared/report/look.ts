import type { Rgb } from '../colour/rgba.ts'
import type { Theme, Tone } from '../colour/ramp.ts'
import { isClear } from '../explanation/scale.ts'

/** How a report is drawn, beside what it answers. */
export interface ReportLook {
  readonly theme: Theme
  /** The colour behind the tokens. */
  readonly panel: Rgb
  /** Whether the map's cells run into each other. */
  readonly smooth: boolean
  /** Whether the table is open; a closed one is empty. */
  readonly table: boolean
  /** Whether the table is sorted by falling relevance instead of the order of the sequence. */
  readonly byStrength: boolean
}

/** In grey where no part of a text says anything; the numbers remain. */
export function toneOf(parts: readonly { readonly nats: number }[]): Tone {
  return isClear(parts.map(({ nats }) => nats)) ? 'colour' : 'grey'
}
