import { normalise } from '../../../shared/explanation/scale.ts'
import { ramp } from '../../../shared/colour/ramp.ts'
import { fitted, label, tightLine } from './text/lettering.ts'
import type { Pen } from './text/pen.ts'
import type { Svg } from './text/svg.ts'
import { element, fillOf } from './text/svg.ts'

/** A token on its way into the drawing. */
export interface Chip {
  readonly text: string
  /** Prompt tokens are plain words; completion tokens have a border; the explained one is black. */
  readonly look: 'prompt' | 'plain' | 'explained' | 'later'
  /** Relevance as a share of full colour, drawn as a line under the token; `null` for none. */
  readonly share: number | null
}

/** A piece of a drawing with its height. */
export interface Block {
  readonly height: number
  readonly svg: Svg
}

const size = 15
const rowHeight = 36
const chipHeight = 31

/** Tokens as chips in lines of at most a width. */
export function chipFlow(pen: Pen, chips: readonly Chip[], width: number): Block {
  let [x, row] = [0, 0]
  const drawn = chips.map((chip) => {
    const text = fitted(pen, label(chip.text), { size, weight: weightOf(chip) }, width - 18)
    const padding = chip.look === 'prompt' ? 3 : 8
    const chipWidth = pen.metrics[weightOf(chip)].width(text, size) + 2 * padding
    if (x > 0 && x + chipWidth > width) [x, row] = [0, row + 1]
    const svg = drawChip(pen, chip, text, { x, y: row * rowHeight, width: chipWidth, padding })
    x += chipWidth + 4
    return svg
  })
  return { height: (row + 1) * rowHeight - (rowHeight - chipHeight), svg: drawn.join('') }
}

/** A token's relevance as a share of full colour. */
export function underline(nats: number | undefined, maximum: number): number | null {
  return nats === undefined ? null : normalise(nats, maximum)
}

interface ChipPlace {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly padding: number
}

function drawChip(pen: Pen, chip: Chip, text: string, { x, y, width, padding }: ChipPlace): Svg {
  const { palette } = pen
  const fill = { prompt: palette.muted, plain: palette.text, explained: palette.onInk, later: palette.faint }[chip.look]
  return [
    chip.look === 'prompt' ? '' : box(pen, chip, { x, y, width, padding }),
    tightLine(pen, x + padding, y + 20, text, { size, fill, weight: weightOf(chip) }),
    chip.share === null ? '' : mark(pen, chip.share, x + padding, y + chipHeight - 6, width - 2 * padding),
  ].join('')
}

function box({ palette }: Pen, { look }: Chip, { x, y, width }: ChipPlace): Svg {
  const [fill, stroke] = look === 'explained' ? [palette.ink, palette.ink] : [palette.chip, palette.line]
  return element('rect', { x: x + 0.5, y: y + 0.5, width: width - 1, height: chipHeight - 1, rx: 7, fill, stroke })
}

function mark({ palette, theme }: Pen, share: number, x: number, y: number, width: number): Svg {
  return [
    element('rect', { x, y, width, height: 2.5, rx: 1, fill: palette.line }),
    element('rect', { x, y, width, height: 2.5, rx: 1, ...fillOf(ramp(share, theme)) }),
  ].join('')
}

function weightOf({ look }: Chip): 'regular' | 'semibold' {
  return look === 'explained' ? 'semibold' : 'regular'
}
