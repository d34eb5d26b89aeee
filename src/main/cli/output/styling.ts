import type { ColourDepth } from '../../../shared/colour/ansi.ts'
import { onColour } from '../../../shared/colour/ansi.ts'
import type { Tone } from '../../../shared/colour/ramp.ts'
import { heatColour } from './heat-text.ts'

/** Below this share of full colour a text keeps the terminal's own ground. */
const leastShare = 0.02

/** Text on the colour of a relevance, as a share of full colour; plain where there is next to none. */
export function ground(text: string, share: number, depth: ColourDepth, tone: Tone = 'colour'): string {
  return Math.abs(share) < leastShare ? text : onColour(text, heatColour(share, tone), depth)
}

/** Faint text. */
export function faint(text: string, depth: ColourDepth): string {
  return depth === 'none' ? text : `\u001b[2m${text}\u001b[22m`
}

/** Bold text. */
export function bold(text: string, depth: ColourDepth): string {
  return depth === 'none' ? text : `\u001b[1m${text}\u001b[22m`
}

/** The explained token within a text: underlined, or between brackets where there are no styles. */
export function marked(text: string, depth: ColourDepth): string {
  return depth === 'none' ? `[${text}]` : `\u001b[1;4m${text}\u001b[22;24m`
}
