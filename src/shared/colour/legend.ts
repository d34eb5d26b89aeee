import type { Scale } from '../explanation/question.ts'
import { timesLessLikely } from '../atman/relevance.ts'
import type { Input } from '../explanation/record.ts'
import type { Theme } from './ramp.ts'
import { ramp } from './ramp.ts'
import type { Rgba } from './rgba.ts'

/** A mark on the legend. */
export interface Tick {
  /** Place from the left, 0 to 1. */
  readonly at: number
  /** Relevance there, in nats. */
  readonly nats: number
  /** What is written there: `+2.1`. */
  readonly label: string
}

/** A colour on the legend's bar. */
export interface LegendStop {
  /** Place from the left, 0 to 1. */
  readonly at: number
  readonly colour: Rgba
}

const scaleWords: Readonly<Record<Scale, string>> = {
  answer: 'this answer',
  token: 'this token',
  absolute: 'absolute',
}

const inputWords: Readonly<Record<Input['kind'], string>> = {
  patch: 'this patch',
  token: 'this token',
  word: 'this word',
  chunk: 'this passage',
}

/** What the two ends of the legend say. */
export const legendEnds = { low: 'opposes', high: 'supports' } as const

/** Printed instead of a map that says nothing (see `isClear`). */
export const noClearRelevance = 'no clear relevance'

/** The unit and how to read it: "nats; +0.69 = twice as likely with this patch". */
export function legendUnit(kind: Input['kind']): string {
  return `nats; +0.69 = twice as likely with ${inputWords[kind]}`
}

/** Which scale full colour belongs to: "scale: this answer". */
export function legendScale(scale: Scale): string {
  return `scale: ${scaleWords[scale]}`
}

/**
 * Marks at both ends, half-way and zero; only zero where the maximum is not above 0.
 * @param maximum relevance of full colour, in nats
 */
export function legendTicks(maximum: number): Tick[] {
  if (!(maximum > 0)) return [{ at: 0.5, nats: 0, label: '0' }]
  const digits = maximum >= 10 ? 0 : maximum >= 1 ? 1 : 2
  return [-1, -0.5, 0, 0.5, 1].map((share) => ({
    at: (share + 1) / 2,
    nats: share * maximum,
    label: share === 0 ? '0' : formatNats(share * maximum, digits),
  }))
}

/** Colours of the legend's bar at even steps, from full opposition to full support. */
export function legendStops(theme: Theme, steps = 33): LegendStop[] {
  return Array.from({ length: steps }, (_, step) => step / (steps - 1)).map((at) => ({ at, colour: ramp(at * 2 - 1, theme) }))
}

/** A relevance as it is written everywhere: `+1.32`, `−0.08`, with a true minus sign; `0.00` when nothing is left after rounding. */
export function formatNats(nats: number, digits = 2): string {
  const size = Math.abs(nats).toFixed(digits)
  if (Number(size) === 0 || Number.isNaN(nats)) return size
  return `${nats < 0 ? '−' : '+'}${size}`
}

/** A relevance in words: "3.7× less likely without it", "1.5× more likely without it", "as likely without it". */
export function likelihoodWords(nats: number): string {
  const times = timesLessLikely(Math.abs(nats))
  if (times < 1.05) return 'as likely without it'
  const written = times >= 1000 ? 'over 1000' : times >= 10 ? times.toFixed(0) : times.toFixed(1)
  return `${written}× ${nats > 0 ? 'less' : 'more'} likely without it`
}
