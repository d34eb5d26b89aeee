import { relevanceColour } from '../colour/ramp.ts'
import type { Theme, Tone } from '../colour/ramp.ts'
import { cssColour } from '../colour/rgba.ts'
import type { View } from '../explanation/view.ts'
import { legendEnds, smoothed } from '../explanation/wording.ts'
import type { ReportLook } from './look.ts'
import type { Markup } from './markup.ts'
import { markup } from './markup.ts'

/** Colours of the legend's bar. */
const steps = 33

/** The colours with their numbers, the unit, and what full colour belongs to. */
export function legendPart(view: View, { theme, smooth }: ReportLook): Markup[] {
  const { scale, map, tones } = view
  const ticks = scale.ticks.map(({ label }) => markup('span', { 'data-role': 'tick' }, label))
  return [
    markup('span', { class: 'low' }, legendEnds.low),
    bar(tones.legend, theme),
    markup('span', { class: 'high' }, legendEnds.high),
    markup('div', { class: 'ticks' }, ...ticks),
    markup(
      'p',
      {},
      markup('span', { 'data-role': 'unit' }, scale.unit),
      ' · ',
      markup('span', { 'data-role': 'scale' }, scale.words),
      ...(smooth && map !== null ? [' · ', markup('b', { class: 'smoothed' }, smoothed)] : []),
    ),
  ]
}

function bar(tone: Tone, theme: Theme): Markup {
  const colours = Array.from({ length: steps }, (_, step) => relevanceColour((2 * step) / (steps - 1) - 1, tone, theme))
  return markup(
    'svg',
    {
      class: 'bar',
      viewBox: `0 0 ${steps} 1`,
      preserveAspectRatio: 'none',
      'shape-rendering': 'crispEdges',
      'aria-hidden': 'true',
    },
    ...colours.map((colour, step) => markup('rect', { x: step, width: 1, height: 1, fill: cssColour(colour) })),
  )
}
