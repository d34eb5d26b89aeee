import { element } from '../values/element.ts'
import type { Rgb } from './rgba.ts'
import { textColour } from './contrast.ts'

/** How many colours a terminal shows: none, the 256 of xterm, or all of 24 bits. */
export const colourDepths = ['none', '256', '24-bit'] as const
/** One of {@link colourDepths}. */
export type ColourDepth = (typeof colourDepths)[number]

/** Levels of a channel in xterm's 6 x 6 x 6 colour cube. */
const cubeLevels = [0, 95, 135, 175, 215, 255] as const

/** Text on a coloured ground, in black or white for contrast, with the escape sequences a terminal wants; the text alone without colours. */
export function onColour(text: string, ground: Rgb, depth: ColourDepth): string {
  if (depth === 'none') return text
  return `\u001b[48;${sequence(ground, depth)};38;${sequence(textColour(ground), depth)}m${text}\u001b[0m`
}

function sequence(colour: Rgb, depth: Exclude<ColourDepth, 'none'>): string {
  return depth === '256' ? `5;${xtermColour(colour)}` : `2;${colour.join(';')}`
}

/** The nearest of xterm's fixed colours: 16 to 231 are the colour cube, 232 to 255 the greys. (0 to 15 are the user's own and avoided.) */
export function xtermColour(colour: Rgb): number {
  const candidates = [cubeIndex(colour), greyIndex(colour)]
  return candidates.reduce((best, index) => (distance(colour, xtermRgb(index)) < distance(colour, xtermRgb(best)) ? index : best))
}

/** The colour of an xterm index from 16 to 255. */
export function xtermRgb(index: number): Rgb {
  if (index >= 232) {
    const grey = 8 + 10 * (index - 232)
    return [grey, grey, grey]
  }
  const cube = index - 16
  const level = (place: number) => element(cubeLevels, place % 6)
  return [level(Math.floor(cube / 36)), level(Math.floor(cube / 6)), level(cube)]
}

function cubeIndex(colour: Rgb): number {
  const [red, green, blue] = colour.map(nearestLevel) as [number, number, number]
  return 16 + 36 * red + 6 * green + blue
}

function nearestLevel(value: number): number {
  return cubeLevels.reduce<number>(
    (best, level, place) => (Math.abs(level - value) < Math.abs(element(cubeLevels, best) - value) ? place : best),
    0,
  )
}

function greyIndex(colour: Rgb): number {
  const mean = (colour[0] + colour[1] + colour[2]) / 3
  return 232 + Math.max(0, Math.min(23, Math.round((mean - 8) / 10)))
}

function distance(first: Rgb, second: Rgb): number {
  return first.reduce((sum, value, place) => sum + (value - element(second, place)) ** 2, 0)
}
