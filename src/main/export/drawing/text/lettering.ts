import type { Attributes, Block, Marks, Svg } from './svg.ts'
import { element, escapeXml, group } from './svg.ts'
import type { Pen } from './pen.ts'
import type { Weight } from './typeface.ts'

/** How a line of text looks. */
export interface LineStyle {
  readonly size: number
  readonly weight?: Weight
  /** Left out: the drawing's colour of text. */
  readonly fill?: string
  readonly anchor?: 'start' | 'middle' | 'end'
  /** Extra room between letters, in the size's unit. */
  readonly spacing?: number
  /** What the text is, for whoever reads the drawing: `data-role="title"`. */
  readonly marks?: Marks
}

/** One line of text; (x, y) is on its base line. */
export function line(x: number, y: number, text: string, style: LineStyle, width: number | null = null): Svg {
  const attributes: Attributes = {
    x,
    y,
    'font-size': style.size,
    'font-weight': style.weight === 'semibold' ? 600 : null,
    fill: style.fill ?? null,
    'text-anchor': style.anchor === undefined || style.anchor === 'start' ? null : style.anchor,
    'letter-spacing': style.spacing ?? null,
    textLength: width,
    lengthAdjust: width === null ? null : 'spacingAndGlyphs',
    'xml:space': 'preserve',
    ...style.marks,
  }
  return element('text', attributes, escapeXml(text))
}

/** A line that takes as much room in any typeface as in the bundled one, for places where another text follows close behind. */
export function tightLine({ metrics }: Pen, x: number, y: number, text: string, style: LineStyle): Svg {
  const font = metrics[style.weight ?? 'regular']
  // What the typeface lacks comes from another one, as wide as that has it.
  const known = text.length > 0 && font.covers(text)
  return line(x, y, text, style, known ? font.width(text, style.size) : null)
}

/** A small heading in capitals. */
export function heading({ palette }: Pen, x: number, y: number, text: string): Svg {
  return line(x, y, text.toUpperCase(), { size: 11, weight: 'semibold', fill: palette.faint, spacing: 0.45 })
}

/** The text, or as much of it as fits with an ellipsis. */
export function fitted(
  { metrics }: Pick<Pen, 'metrics'>,
  text: string,
  { size, weight = 'regular' }: LineStyle,
  width: number,
): string {
  const font = metrics[weight]
  if (font.width(text, size) <= width) return text
  const characters = Array.from(text)
  while (characters.length > 0 && font.width(`${characters.join('')}…`, size) > width) characters.pop()
  return `${characters.join('').trimEnd()}…`
}

/** Spaces at which a line may end: not between a symbol and its value. */
const breakable = /(?<![( ]f|κ) /

/** A text in as many lines as a width asks for, broken at its spaces; the last line that is allowed ends in an ellipsis where more would follow. */
function wrapped(pen: Pick<Pen, 'metrics'>, text: string, style: LineStyle, width: number, most = 3): string[] {
  const font = pen.metrics[style.weight ?? 'regular']
  const lines: string[] = []
  for (const word of text.split(breakable)) {
    const last = lines.at(-1)
    if (last !== undefined && font.width(`${last} ${word}`, style.size) <= width) lines[lines.length - 1] = `${last} ${word}`
    else lines.push(word)
  }
  const shown = lines.length <= most ? lines : [...lines.slice(0, most - 1), lines.slice(most - 1).join(' ')]
  return shown.map((each) => fitted(pen, each, style, width))
}

/** Wrapped lines under each other, from the top left corner; lines belong together under the style's marks. */
export function paragraph(pen: Pen, text: string, style: LineStyle, width: number, most = 3): Block {
  const { marks = {}, ...plain } = style
  const step = Math.round(style.size * 1.4)
  const lines = wrapped(pen, text, style, width, most)
  return {
    height: lines.length * step,
    svg: element('g', marks, ...lines.map((each, place) => line(0, place * step + style.size, each, plain))),
  }
}

/** Blocks under each other. */
export function below(blocks: readonly Block[], space: number): Block {
  let y = 0
  const placed = blocks.map(({ height, svg }) => {
    const block = group(0, y, svg)
    y += height + space
    return block
  })
  return { height: Math.max(0, y - space), svg: placed.join('') }
}
