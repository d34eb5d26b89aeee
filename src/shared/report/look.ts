import type { Rgb } from '../colour/rgba.ts'
import type { Theme } from '../colour/ramp.ts'

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
