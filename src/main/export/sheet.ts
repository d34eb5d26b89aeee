import type { Explanation } from '../../shared/domain/explanation.ts'
import type { DisplayPicture } from './display-picture.ts'
import { fitted, line } from './lettering.ts'
import { palette } from './palette.ts'
import { methodLine } from './method-words.ts'
import type { Svg } from './svg.ts'
import { element, group } from './svg.ts'
import type { Typeface } from './typeface.ts'
import { fontFamily } from './typeface.ts'

/** What a drawing is made from. */
export interface SheetSource {
  readonly explanation: Explanation
  /** The picture and what the person calls it; `null` for a document of text. */
  readonly picture: { readonly name: string; readonly display: DisplayPicture } | null
  readonly typeface: Typeface
  /** Version of Whence. */
  readonly version: string
}

/** Width of every sheet, in drawing units. */
export const sheetWidth = 1200
/** Space around the content. */
export const margin = 28
/** Height of the line at the top. */
export const headerHeight = 52
/** Height of the two lines at the bottom. */
const footerHeight = 58

/**
 * A whole drawing: header, body and footer on the ground colour.
 * @param height of the body, in drawing units
 * @param definitions shared pieces, such as the picture
 */
export function sheet(source: SheetSource, height: number, definitions: Svg, body: Svg): Svg {
  const whole = Math.ceil(headerHeight + height + footerHeight)
  return element(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      'xmlns:xlink': 'http://www.w3.org/1999/xlink',
      width: sheetWidth,
      height: whole,
      viewBox: `0 0 ${sheetWidth} ${whole}`,
      'font-family': fontFamily,
    },
    element('defs', {}, definitions),
    element('rect', { width: sheetWidth, height: whole, fill: palette.ground }),
    header(source),
    group(0, headerHeight, body),
    group(0, whole - footerHeight, footer(source)),
  )
}

/** A white area with a fine border. */
export function panel(x: number, y: number, width: number, height: number, radius = 8): Svg {
  return element('rect', {
    x: x + 0.5,
    y: y + 0.5,
    width: width - 1,
    height: height - 1,
    rx: radius,
    fill: palette.panel,
    stroke: palette.line,
  })
}

function header({ explanation, picture, typeface }: SheetSource): Svg {
  const { model, provider, grid } = explanation
  const details = [grid === null ? 'text only' : `${grid.rows}×${grid.columns}`, model.precision, provider.toUpperCase()].join(
    ' · ',
  )
  const name = fitted(typeface, model.name, { size: 12.5, weight: 'semibold' }, 320)
  const nameWidth = typeface.metrics.semibold.width(name, 12.5)
  const pillWidth = nameWidth + typeface.metrics.regular.width(details, 12.5) + 34
  const about = picture === null ? '' : `${picture.name} · ${picture.display.width}×${picture.display.height}`
  return [
    element('rect', { width: sheetWidth, height: headerHeight, fill: palette.panel }),
    element('rect', { y: headerHeight - 1, width: sheetWidth, height: 1, fill: palette.line }),
    group(margin, 17, brand()),
    line(margin + 27, 31.5, 'Whence', { size: 15, weight: 'semibold' }),
    group(
      margin + 104,
      13,
      element('rect', { x: 0.5, y: 0.5, width: pillWidth, height: 26, rx: 13, fill: 'none', stroke: palette.line }),
      line(12, 18, name, { size: 12.5, weight: 'semibold' }),
      line(20 + nameWidth, 18, details, { size: 12.5, fill: palette.muted }),
    ),
    line(sheetWidth - margin, 31, fitted(typeface, about, { size: 12.5 }, 420), {
      size: 12.5,
      fill: palette.muted,
      anchor: 'end',
    }),
  ].join('')
}

/** Nine cells, one of them relevant. */
function brand(): Svg {
  const squares = [0, 1, 2].flatMap((row) => [0, 1, 2].map((column) => ({ row, column })))
  return squares
    .map(({ row, column }) => {
      const middle = row === 1 && column === 1
      const colour = middle ? { fill: palette.mark } : { fill: palette.ink, 'fill-opacity': 0.18 }
      return element('rect', { x: column * 6.5, y: row * 6.5, width: 5, height: 5, rx: 1, ...colour })
    })
    .join('')
}

const meaning =
  'Colour: how much suppressing attention to a part of the input lowers (orange) or raises (blue) the token’s log-probability.'

function footer({ explanation, typeface, version }: SheetSource): Svg {
  const { model, picture } = explanation
  const marks = [
    `Whence ${version}`,
    `model ${model.sha256.slice(0, 12)}`,
    ...(picture === null ? [] : [`picture ${picture.sha256.slice(0, 12)}`]),
  ].join(' · ')
  const style = { size: 11.5, fill: palette.muted }
  const room = sheetWidth - 2 * margin - typeface.metrics.regular.width(marks, style.size) - 24
  return [
    element('rect', { width: sheetWidth, height: footerHeight, fill: palette.panel }),
    element('rect', { width: sheetWidth, height: 1, fill: palette.line }),
    line(margin, 25, meaning, style),
    line(margin, 44, fitted(typeface, methodLine(explanation), style, room), style),
    line(sheetWidth - margin, 44, marks, { ...style, fill: palette.faint, anchor: 'end' }),
  ].join('')
}
