import type { ColourDepth } from '../../../shared/colour/ansi.ts'
import { xtermColour } from '../../../shared/colour/ansi.ts'
import type { Tone } from '../../../shared/colour/ramp.ts'
import { relevanceColour } from '../../../shared/colour/ramp.ts'
import type { Rgb } from '../../../shared/colour/rgba.ts'
import { over } from '../../../shared/colour/rgba.ts'
import { fromOne } from '../../../shared/explanation/numbers.ts'
import type { ViewMap } from '../../../shared/explanation/view/view-map.ts'
import type { ViewScale } from '../../../shared/explanation/view/view-scale.ts'
import { legendEnds } from '../../../shared/explanation/wording.ts'
import { element } from '../../../shared/values/element.ts'

/** Colour of a cell without relevance, pale on any terminal. */
const paper: Rgb = [232, 232, 228]

/** Shades for terminals without colour, from none to full; opposing cells show a minus. */
const shades = [' ', '·', '░', '▒', '▓', '█']

/** Cells of the legend's bar. */
const barCells = 24

/**
 * Colour of a relevance on paper.
 * @param share in [-1, 1]
 */
export function heatColour(share: number, tone: Tone): Rgb {
  return over(relevanceColour(share, tone, 'light'), paper)
}

/**
 * A map of patches as lines of text, with rows and columns counted from 1; each cell is two columns wide; with colours two rows share a line of half blocks.
 */
export function heatText(
  { rows, columns, shares, tone }: Pick<ViewMap, 'rows' | 'columns' | 'shares' | 'tone'>,
  depth: ColourDepth,
): string[] {
  const share = (row: number, column: number): number => element(shares, row * columns + column)
  const across = Array.from({ length: columns }, (_, column) => column)
  const step = depth === 'none' ? 1 : 2
  const lines = Array.from({ length: Math.ceil(rows / step) }, (_, line) => {
    const row = line * step
    if (depth === 'none') return across.map((column) => shade(share(row, column)).repeat(2)).join('')
    const below = (column: number): Rgb | null => (row + 1 < rows ? heatColour(share(row + 1, column), tone) : null)
    return `${across.map((column) => halfBlocks(heatColour(share(row, column), tone), below(column), depth)).join('')}\u001b[0m`
  })
  const width = String(rows).length
  return [
    `${' '.repeat(width + 1)}${across
      .filter((column) => column % 2 === 0)
      .map((column) => String(fromOne(column)).padEnd(4))
      .join('')}`.trimEnd(),
    ...lines.map((line, place) => `${String(fromOne(place * step)).padStart(width)} ${line}`.trimEnd()),
  ]
}

/** What the colours mean, in one line, and the marks of the scale under its bar. */
export function legendText({ ticks, words, unit }: ViewScale, tone: Tone, depth: ColourDepth): string[] {
  const bar = Array.from({ length: barCells }, (_, cell) => (2 * (cell + 0.5)) / barCells - 1)
    .map((share) => (depth === 'none' ? shade(share) : `${groundCode(heatColour(share, tone), depth)} `))
    .join('')
  const labels = ticks.map(({ label }) => label).join('  ')
  return [
    `${legendEnds.low} ${bar}${depth === 'none' ? '' : '\u001b[0m'} ${legendEnds.high} · ${words} · ${unit}`,
    `${labels} nats`,
  ]
}

function halfBlocks(top: Rgb, bottom: Rgb | null, depth: Exclude<ColourDepth, 'none'>): string {
  return `\u001b[38;${code(top, depth)}${bottom === null ? ';49' : `;48;${code(bottom, depth)}`}m▀▀`
}

function groundCode(colour: Rgb, depth: Exclude<ColourDepth, 'none'>): string {
  return `\u001b[48;${code(colour, depth)}m`
}

function code(colour: Rgb, depth: Exclude<ColourDepth, 'none'>): string {
  return depth === '256' ? `5;${xtermColour(colour)}` : `2;${colour.join(';')}`
}

function shade(share: number): string {
  if (share <= -0.1) return '-'
  return element(shades, Math.round(Math.max(0, share) * (shades.length - 1)))
}
