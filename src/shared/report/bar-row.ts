import type { Tone } from '../colour/ramp.ts'
import type { Markup } from './markup.ts'
import { isolated, markup } from './markup.ts'

/** A name, a bar and a number, in one row. */
export function barRow(label: string, track: Markup, number: string): Markup[] {
  return [isolated(label, 'label'), track, markup('span', { class: 'number' }, number)]
}

/** A bar to the right of the middle where it supports, to the left where it opposes. */
export function signedTrack(share: number, tone: Tone): Markup {
  const look = tone === 'grey' ? 'grey' : share < 0 ? 'cool' : 'warm'
  return track('track signed', -1, markup('rect', { class: look, x: Math.min(0, share), width: Math.abs(share), height: 1 }))
}

/** A bar of a share of the whole, in [0, 1]. */
export function shareTrack(share: number): Markup {
  return track('track', 0, markup('rect', { x: 0, width: share, height: 1 }))
}

/** @param from left end of the bar's room; its right end is 1 */
function track(className: string, from: number, line: Markup): Markup {
  const viewBox = `${from} 0 ${1 - from} 1`
  return markup(
    'span',
    { class: className, 'aria-hidden': 'true' },
    markup('svg', { viewBox, preserveAspectRatio: 'none' }, line),
  )
}
