import { straight, tokenLabel } from '../../../shared/explanation/labels.ts'
import { meaning } from '../../../shared/explanation/wording.ts'
import { provenanceOf } from '../data/provenance.ts'
import type { ExportView } from '../export-view.ts'
import type { DisplayPicture } from './display-picture.ts'
import { fitted, line, tightLine } from './text/lettering.ts'
import type { Pen } from './text/pen.ts'
import type { Svg } from './text/svg.ts'
import { element, escapeXml, group } from './text/svg.ts'
import { fontFamilies } from './text/typeface.ts'

/** What a drawing is made from. */
export interface SheetSource {
  readonly view: ExportView
  /** The greyed picture; `null` for a document. */
  readonly picture: DisplayPicture | null
  /** The greyed picture of the record that it is compared with; `null` without one, and for a document. */
  readonly beside: DisplayPicture | null
  readonly pen: Pen
}

/** Width of every sheet, in drawing units. */
export const sheetWidth = 1200
/** Space around the content. */
export const margin = 28
/** Height of the line at the top. */
export const headerHeight = 52
/** Height of the two lines at the bottom. */
const footerHeight = 58

/** What stands between header and footer. */
export interface SheetBody {
  /** In drawing units. */
  readonly height: number
  /** Shared pieces, such as the picture. */
  readonly definitions: Svg
  readonly svg: Svg
}

/** A whole drawing: header, body and footer on the ground colour; in its metadata, where it comes from. */
export function sheet(source: SheetSource, { height, definitions, svg }: SheetBody): Svg {
  const { view } = source
  const whole = Math.ceil(headerHeight + height + footerHeight)
  return element(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      'xmlns:xlink': 'http://www.w3.org/1999/xlink',
      width: sheetWidth,
      height: whole,
      viewBox: `0 0 ${sheetWidth} ${whole}`,
      'font-family': fontFamilies,
      fill: source.pen.palette.text,
      role: 'img',
    },
    element('title', {}, escapeXml(sheetTitle(view))),
    element('desc', {}, escapeXml(view.view.summary)),
    element('metadata', {}, escapeXml(JSON.stringify(provenanceOf(view)))),
    element('defs', {}, definitions),
    element('rect', { width: sheetWidth, height: whole, fill: source.pen.palette.ground }),
    header(source),
    group(0, headerHeight, svg),
    group(0, whole - footerHeight, footer(source)),
  )
}

/** What a drawing is called: "Whence: “dog” in cats.png". */
function sheetTitle({ view, explanation, name }: Pick<ExportView, 'view' | 'explanation' | 'name'>): string {
  return `Whence: ${view.title}${explanation.picture === null ? '' : ` in ${straight(name)}`}`
}

/** A plain area with a fine border. */
export function panel({ palette }: Pen, x: number, y: number, width: number, height: number, radius = 8): Svg {
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

function header({ view: { explanation, name: pictureName }, pen }: SheetSource): Svg {
  const { palette, metrics } = pen
  const { model, provider, grid, picture } = explanation
  const details = [grid === null ? 'text only' : `${grid.rows}×${grid.columns}`, model.precision, provider.toUpperCase()].join(
    ' · ',
  )
  const name = fitted(pen, model.name, { size: 12.5, weight: 'semibold' }, 320)
  const nameWidth = metrics.semibold.width(name, 12.5)
  const pillWidth = nameWidth + metrics.regular.width(details, 12.5) + 34
  const about = picture === null ? '' : `${tokenLabel(pictureName)} · ${picture.width}×${picture.height}`
  return [
    element('rect', { width: sheetWidth, height: headerHeight, fill: palette.panel }),
    element('rect', { y: headerHeight - 1, width: sheetWidth, height: 1, fill: palette.line }),
    group(margin, 17, brand(pen)),
    line(margin + 27, 31.5, 'Whence', { size: 15, weight: 'semibold' }),
    group(
      margin + 104,
      13,
      element('rect', { x: 0.5, y: 0.5, width: pillWidth, height: 26, rx: 13, fill: 'none', stroke: palette.line }),
      tightLine(pen, 12, 18, name, { size: 12.5, weight: 'semibold' }),
      tightLine(pen, 20 + nameWidth, 18, details, { size: 12.5, fill: palette.muted }),
    ),
    line(sheetWidth - margin, 31, fitted(pen, about, { size: 12.5 }, 420), {
      size: 12.5,
      fill: palette.muted,
      anchor: 'end',
    }),
  ].join('')
}

/** Nine cells, one of them relevant. */
function brand({ palette }: Pen): Svg {
  const squares = [0, 1, 2].flatMap((row) => [0, 1, 2].map((column) => ({ row, column })))
  return squares
    .map(({ row, column }) => {
      const middle = row === 1 && column === 1
      const colour = middle ? { fill: palette.mark } : { fill: palette.ink, 'fill-opacity': 0.18 }
      return element('rect', { x: column * 6.5, y: row * 6.5, width: 5, height: 5, rx: 1, ...colour })
    })
    .join('')
}

function footer({ view: { view, explanation, version, entry }, pen }: SheetSource): Svg {
  const { palette, metrics } = pen
  const { model, picture } = explanation
  const marks = [
    `Whence ${version}`,
    `model ${model.sha256.slice(0, 12)}`,
    ...(picture === null ? [] : [`picture ${picture.sha256.slice(0, 12)}`]),
    ...(entry === null ? [] : [`entry ${entry.slice(0, 8)}`]),
  ].join(' · ')
  const style = { size: 11.5, fill: palette.muted }
  const room = sheetWidth - 2 * margin - metrics.regular.width(marks, style.size) - 24
  return [
    element('rect', { width: sheetWidth, height: footerHeight, fill: palette.panel }),
    element('rect', { width: sheetWidth, height: 1, fill: palette.line }),
    line(margin, 25, fitted(pen, meaning, style, sheetWidth - 2 * margin), style),
    line(margin, 44, fitted(pen, view.method, style, room), style),
    line(sheetWidth - margin, 44, marks, { ...style, fill: palette.faint, anchor: 'end' }),
  ].join('')
}
