import type { Theme } from './ramp.ts'
import { ramp } from './ramp.ts'
import type { Rgba } from './rgba.ts'

/** A colour on the legend's bar. */
export interface LegendStop {
  /** Place from the left, 0 to 1. */
  readonly at: number
  readonly colour: Rgba
}

/** Colours of the legend's bar at even steps, from full opposition to full support. */
export function legendStops(theme: Theme, steps = 33): LegendStop[] {
  return Array.from({ length: steps }, (_, step) => step / (steps - 1)).map((at) => ({ at, colour: ramp(at * 2 - 1, theme) }))
}
