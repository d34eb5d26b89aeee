import type { Scale } from '../../../shared/explanation/question.ts'
import type { Explanation } from '../../../shared/explanation/record.ts'
import type { DisplayPicture } from './display-picture.ts'
import type { ExportView } from '../export-view.ts'
import { fitted, label, line, tightLine } from './text/lettering.ts'
import { methodLine } from '../method-words.ts'
import type { Pen } from './text/pen.ts'
import { provenanceOf } from '../data/provenance.ts'
import type { Subject } from '../subject.ts'
import type { Svg } from './text/svg.ts'
import { element, escapeXml, group } from './text/svg.ts'
import { fontFamilies } from './text/typeface.ts'

/** What a drawing is made from. */
export interface SheetSource {
  readonly explanation: Explanation
  /** The picture and what the person calls it; `null` for a document of text. */
  readonly picture: { readonly name: string; readonly display: DisplayPicture } | null
  readonly pen: Pen
  /** What full colour stands for. */
  readonly scale: Scale
  /** Id of the entry in the history, by which the app opens it again; `null` for one that is in none. */
  readonly entry: string | null
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

/** What stands between header and footer. */
export interface SheetBody {
  /** What it is about. */
  readonly subject: Subject
  /** In drawing units. */
  readonly height: number
  /** Shared pieces, such as the picture. */
  readonly definitions: Svg
  readonly svg: Svg
}

/** A whole drawing: header, body and footer on the ground colour; in its metadata, where it comes from. */
export function sheet(source: SheetSource, { subject, height, definitions, svg }: SheetBody): Svg {
  const provenance = provenanceOf({ ...source, name: source.picture?.name ?? '', subject })
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
    element('title', {}, escapeXml(sheetTitle({ ...source, name: source.picture?.name ?? '' }, provenance.target.text))),
    element('metadata', {}, escapeXml(JSON.stringify(provenance))),
    element('defs', {}, definitions),
    element('rect', { width: sheetWidth, height: whole, fill: source.pen.palette.ground }),
    header(source),
    group(0, headerHeight, svg),
    group(0, whole - footerHeight, footer(source)),
  )
}

/** What a sheet or a report is called: "Whence: what ‘dog’ needed in cats.png". */
export function sheetTitle({ explanation, name }: Pick<ExportView, 'explanation' | 'name'>, said: string): string {
  return `Whence: what “${label(said)}” needed${explanation.picture === null ? '' : ` in ${label(name)}`}`
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

function header({ explanation, picture, pen }: SheetSource): Svg {
  const { palette, metrics } = pen
  const { model, provider, grid } = explanation
  const details = [grid === null ? 'text only' : `${grid.rows}×${grid.columns}`, model.precision, provider.toUpperCase()].join(
    ' · ',
  )
  const name = fitted(pen, model.name, { size: 12.5, weight: 'semibold' }, 320)
  const nameWidth = metrics.semibold.width(name, 12.5)
  const pillWidth = nameWidth + metrics.regular.width(details, 12.5) + 34
  const about = picture === null ? '' : `${label(picture.name)} · ${picture.display.width}×${picture.display.height}`
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

const meaning =
  'Colour: how much suppressing attention to a part of the input lowers (orange) or raises (blue) the token’s log-probability.'

function footer({ explanation, pen, version, entry }: SheetSource): Svg {
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
    line(margin, 25, meaning, style),
    line(margin, 44, fitted(pen, methodLine(explanation), style, room), style),
    line(sheetWidth - margin, 44, marks, { ...style, fill: palette.faint, anchor: 'end' }),
  ].join('')
}
