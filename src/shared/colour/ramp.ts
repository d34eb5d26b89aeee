import { element } from '../values/element.ts'
import type { Oklab } from './oklab.ts'
import { fromOklab, toOklab } from './oklab.ts'
import type { Rgb, Rgba } from './rgba.ts'

/** What a map is drawn for: light chrome and picture, or dark ones. */
export const themes = ['light', 'dark'] as const
/** One of {@link themes}. */
export type Theme = (typeof themes)[number]

/** Colours of one theme, from the weakest to the strongest, at even steps of |relevance|. */
export interface Stops {
  /** Supports the token: oranges. */
  readonly warm: readonly [Rgb, Rgb, Rgb, Rgb]
  /** Opposes the token: blues. */
  readonly cool: readonly [Rgb, Rgb, Rgb, Rgb]
}

/**
 * Orange against blue, which people with red-green blindness tell apart as well. The stronger, the further from the ground: darker step by step in the light
 * theme, lighter in the dark one, so that strength also survives in grey.
 */
export const stops: Readonly<Record<Theme, Stops>> = {
  light: {
    warm: [
      [253, 217, 168],
      [245, 154, 60],
      [217, 84, 30],
      [143, 42, 12],
    ],
    cool: [
      [207, 226, 247],
      [106, 165, 232],
      [37, 99, 201],
      [18, 58, 134],
    ],
  },
  dark: {
    warm: [
      [90, 52, 22],
      [196, 80, 30],
      [245, 154, 60],
      [253, 217, 168],
    ],
    cool: [
      [28, 52, 84],
      [37, 99, 201],
      [106, 165, 232],
      [207, 226, 247],
    ],
  },
}

/** Alpha of the strongest relevance: the picture still shows through. */
const fullAlpha = 0.92

/**
 * Colour of a relevance: warm supports, cool opposes, zero is transparent. Mixed in OKLab between the {@link stops}, so that equal steps look equal.
 * @param share relevance as a share of full colour, in [-1, 1] (see `normalise`); beyond is cut
 */
export function ramp(share: number, theme: Theme): Rgba {
  const strength = Math.min(1, Math.abs(share))
  const [red, green, blue] = fromOklab(mixed(ladders[theme][share < 0 ? 'cool' : 'warm'], strength))
  return [red, green, blue, alphaOf(strength)]
}

/** How relevance is drawn: in colour, or in grey where nothing is clear. */
export type Tone = 'colour' | 'grey'

const greys: Readonly<Record<Theme, Rgb>> = { light: [128, 128, 122], dark: [150, 150, 145] }

/** Colour of a relevance: of the {@link ramp}; in grey where a map says nothing, so that noise has no sign. */
export function relevanceColour(share: number, tone: Tone, theme: Theme): Rgba {
  if (tone === 'colour') return ramp(share, theme)
  const [red, green, blue] = greys[theme]
  return [red, green, blue, alphaOf(Math.min(1, Math.abs(share)))]
}

/** The same for + and -; rises steeply from 0, so that weak relevance is seen, and levels out where colour speaks. */
function alphaOf(strength: number): number {
  return fullAlpha * (1 - (1 - strength) ** 2)
}

type Ladder = readonly Oklab[]

const ladders: Readonly<Record<Theme, Readonly<Record<keyof Stops, Ladder>>>> = {
  light: { warm: stops.light.warm.map(toOklab), cool: stops.light.cool.map(toOklab) },
  dark: { warm: stops.dark.warm.map(toOklab), cool: stops.dark.cool.map(toOklab) },
}

function mixed(ladder: Ladder, strength: number): Oklab {
  const at = strength * (ladder.length - 1)
  const from = element(ladder, Math.floor(at))
  const to = element(ladder, Math.ceil(at))
  const share = at - Math.floor(at)
  const mix = (axis: 0 | 1 | 2) => from[axis] + (to[axis] - from[axis]) * share
  return [mix(0), mix(1), mix(2)]
}
