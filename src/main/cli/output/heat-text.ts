import { normalise } from '../../../shared/explanation/scale.ts'
import type { GridShape } from '../../../shared/sequence/patch-grid.ts'
import type { ColourDepth } from '../../../shared/colour/ansi.ts'
import { xtermColour } from '../../../shared/colour/ansi.ts'
import { ramp } from '../../../shared/colour/ramp.ts'
import type { Rgb } from '../../../shared/colour/rgba.ts'
import { over } from '../../../shared/colour/rgba.ts'

/** Colour of a cell without relevance, pale on any terminal. */
const paper: Rgb = [232, 232, 228]

/** Shades for terminals without colour, from none to full; opposing cells show a minus. */
const shades = [' ', '·', '░', '▒', '▓', '█']

/**
 * Colour of a relevance on paper.
 * @param share in [-1, 1]
 */
export function heatColour(share: number): Rgb {
  return over(ramp(share, 'light'), paper)
}

/** A map of patches as lines of text, each cell two columns wide; with colours two rows share a line of half blocks. */
export function heatText({ rows, columns }: GridShape, values: Float32Array, maximum: number, depth: ColourDepth): string[] {
  const share = (row: number, column: number): number => normalise(values[row * columns + column] ?? 0, maximum)
  const across = Array.from({ length: columns }, (_, column) => column)
  if (depth === 'none') {
    return Array.from({ length: rows }, (_, row) => across.map((column) => shade(share(row, column)).repeat(2)).join(''))
  }
  return Array.from({ length: Math.ceil(rows / 2) }, (_, pair) => {
    const cells = across.map((column) =>
      halfBlocks(heatColour(share(2 * pair, column)), heatColour(share(2 * pair + 1, column)), depth),
    )
    return `${cells.join('')}\u001b[0m`
  })
}

function halfBlocks(top: Rgb, bottom: Rgb, depth: Exclude<ColourDepth, 'none'>): string {
  const code = (colour: Rgb): string => (depth === '256' ? `5;${xtermColour(colour)}` : `2;${colour.join(';')}`)
  return `\u001b[38;${code(top)};48;${code(bottom)}m▀▀`
}

function shade(share: number): string {
  if (share <= -0.1) return '-'
  return shades[Math.round(Math.max(0, share) * (shades.length - 1))] ?? ' '
}
