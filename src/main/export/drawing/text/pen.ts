import type { Theme } from '../../../../shared/colour/ramp.ts'
import type { Palette } from '../palette.ts'
import { palettes } from '../palette.ts'
import type { Typeface } from './typeface.ts'

/** What a drawing is drawn with: how wide letters are, and which colours there are. */
export interface Pen {
  readonly metrics: Typeface['metrics']
  readonly theme: Theme
  readonly palette: Palette
}

/** The pen of a light or a dark drawing. */
export function penOf({ metrics }: Typeface, theme: Theme): Pen {
  return { metrics, theme, palette: palettes[theme] }
}
