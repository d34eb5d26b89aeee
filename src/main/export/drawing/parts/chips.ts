import type { Tone } from '../../../../shared/colour/ramp.ts'
import { relevanceColour } from '../../../../shared/colour/ramp.ts'
import { tokenLabel } from '../../../../shared/explanation/labels.ts'
import type { ViewToken } from '../../../../shared/explanation/view/view-tokens.ts'
import { fitted, tightLine } from '../text/lettering.ts'
import type { Pen } from '../text/pen.ts'
import type { Block, Svg } from '../text/svg.ts'
import { element, fillOf, hex } from '../text/svg.ts'
import { over } from '../../../../shared/colour/rgba.ts'
import { textColour } from '../../../../shared/colour/contrast.ts'

/** A token as a chip. */
export interface Chip {
  readonly text: string
  /** Prompt tokens are plain words; completion tokens have a border; the explained one is black. */
  readonly look: 'prompt' | 'plain' | 'explained' | 'later'
  /** Relevance as a share of full colour, drawn as a line under the token; `null` for none. */
  readonly share: number | null
  /** What it loses without the part of a reverse question, as the colour of the chip; `null` for none. */
  readonly dropShare: number | null
  /** Whether it belongs to that part. */
  readonly outlined: boolean
  /** "completion-3"; `null` where the drawing has it twice. */
  readonly name: string | null
}

const size = 15
const rowHeight = 36
const chipHeight = 31

/** A token of a view as a chip: with what it did for the subject, or in a reverse question with what it loses. */
export function chipOf({ segment, index, text, look, share, dropShare }: ViewToken, part: 'none' | 'outside' | 'inside'): Chip {
  const plain = segment === 'prompt' ? 'prompt' : 'plain'
  const shares = { share: part === 'none' ? share : null, dropShare }
  return { text, look: look === 'before' ? plain : look, ...shares, outlined: part === 'inside', name: `${segment}-${index}` }
}

/** A chip that only names a token. */
export function nameChip(text: string, look: Chip['look']): Chip {
  return { text, look, share: null, dropShare: null, outlined: false, name: null }
}

/** Tokens as chips in lines of at most a width. */
export function chipFlow(pen: Pen, chips: readonly Chip[], tone: Tone, width: number): Block {
  let [x, row] = [0, 0]
  const drawn = chips.map((chip) => {
    const text = fitted(pen, tokenLabel(chip.text), { size, weight: weightOf(chip) }, width - 18)
    const padding = chip.look === 'prompt' && chip.dropShare === null && !chip.outlined ? 3 : 8
    const chipWidth = pen.metrics[weightOf(chip)].width(text, size) + 2 * padding
    if (x > 0 && x + chipWidth > width) [x, row] = [0, row + 1]
    const svg = drawChip(pen, chip, text, tone, { x, y: row * rowHeight, width: chipWidth, padding })
    x += chipWidth + 4
    return svg
  })
  return { height: (row + 1) * rowHeight - (rowHeight - chipHeight), svg: drawn.join('') }
}

interface ChipPlace {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly padding: number
}

function drawChip(pen: Pen, chip: Chip, text: string, tone: Tone, { x, y, width, padding }: ChipPlace): Svg {
  const fill = letterColour(pen, chip, tone)
  return element(
    'g',
    { 'data-token': chip.name },
    chip.look === 'prompt' && chip.dropShare === null && !chip.outlined ? '' : box(pen, chip, tone, { x, y, width, padding }),
    tightLine(pen, x + padding, y + 20, text, { size, fill, weight: weightOf(chip) }),
    chip.share === null ? '' : mark(pen, chip.share, tone, x + padding, y + chipHeight - 6, width - 2 * padding),
  )
}

function letterColour(pen: Pen, chip: Chip, tone: Tone): string {
  const { palette } = pen
  const tint = tintOf(pen, chip, tone)
  if (tint !== null) return hex(textColour(tint))
  return { prompt: palette.muted, plain: palette.text, explained: palette.onInk, later: palette.faint }[chip.look]
}

/** Ground of a chip that loses something without the part. */
function tintOf({ palette, theme }: Pen, { dropShare, look }: Chip, tone: Tone): ReturnType<typeof over> | null {
  if (dropShare === null || look === 'explained') return null
  return over(relevanceColour(dropShare, tone, theme), palette.panelColour)
}

function box(pen: Pen, chip: Chip, tone: Tone, { x, y, width }: ChipPlace): Svg {
  const { palette } = pen
  const tint = tintOf(pen, chip, tone)
  const plain = chip.look === 'explained' ? palette.ink : palette.chip
  return element('rect', {
    x: x + 0.5,
    y: y + 0.5,
    width: width - 1,
    height: chipHeight - 1,
    rx: 7,
    fill: tint === null ? plain : hex(tint),
    stroke: chip.outlined || chip.look === 'explained' ? palette.ink : palette.line,
    'stroke-width': chip.outlined ? 2 : null,
    'stroke-dasharray': chip.outlined ? '4 3' : null,
    'data-tinted': chip.dropShare === null ? null : 'true',
  })
}

function mark({ palette, theme }: Pen, share: number, tone: Tone, x: number, y: number, width: number): Svg {
  return [
    element('rect', { x, y, width, height: 2.5, rx: 1, fill: palette.line }),
    element('rect', { x, y, width, height: 2.5, rx: 1, ...fillOf(relevanceColour(share, tone, theme)) }),
  ].join('')
}

function weightOf({ look }: Chip): 'regular' | 'semibold' {
  return look === 'explained' ? 'semibold' : 'regular'
}
