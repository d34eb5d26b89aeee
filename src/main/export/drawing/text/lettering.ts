import type { Attributes, Svg } from './svg.ts'
import { element, escapeXml } from './svg.ts'
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

/** A token or word as a label: outer spaces gone, white space and marks that show nothing made visible; see {@link visible}. */
export function label(text: string): string {
  const shown = visible(text).trim()
  return shown === '' ? '␣' : shown
}

/** A text with its line ends and tabs made visible; see {@link straight}. */
export function visible(text: string): string {
  return straight(text).replaceAll('\n', '⏎').replaceAll('\t', '⇥')
}

/** A text whose order nothing turns round: characters that change the direction of what stands beside them show as U+FFFD. */
export function straight(text: string): string {
  return text.replaceAll(/[\u202A-\u202E\u2066-\u2069]/g, '\uFFFD')
}
