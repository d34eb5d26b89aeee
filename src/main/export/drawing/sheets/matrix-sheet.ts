import { relevanceColour } from '../../../../shared/colour/ramp.ts'
import { counted, fromOne } from '../../../../shared/explanation/numbers.ts'
import type { MatrixInput, MatrixView } from '../../../../shared/explanation/view/matrix.ts'
import { matrixOf, matrixScale } from '../../../../shared/explanation/view/matrix.ts'
import { element as at } from '../../../../shared/values/element.ts'
import type { ExportView } from '../../export-view.ts'
import { legendBlock } from '../parts/legend-block.ts'
import { titleBlock } from '../parts/title-block.ts'
import type { SheetSource } from '../sheet.ts'
import { margin, panel, sheet, sheetWidth } from '../sheet.ts'
import { below, fitted, line, tightLine } from '../text/lettering.ts'
import type { Pen } from '../text/pen.ts'
import type { Block, Svg } from '../text/svg.ts'
import { element, fillOf, group } from '../text/svg.ts'
import type { MatrixBand } from './matrix-bands.ts'
import { matrixBands } from './matrix-bands.ts'

const width = sheetWidth - 2 * margin
const labels = 120
/** Height of names that stand upright, and of the numbers of rows. */
const names = { upright: 86, rows: 16 }
const rowHeight = 22

/** Most tokens and parts drawn: more would make a file that nothing opens. */
const most = { targets: 100, inputs: 2000 }

/** Everything at once: a line per token, a column per part of the input; where the columns do not fit side by side, they go on below. */
export function matrixSheet(source: SheetSource): Svg {
  const { view, pen } = source
  const matrix = matrixOf(view.known, view.question.scale)
  const cells = matrix === null ? { height: 0, svg: '' } : matrixBlock(pen, view, matrix)
  const legend = legendBlock(pen, matrixScale(view.known, view.question.scale), false, width)
  const body = below([titleBlock(pen, view.view, width, 26), cells, legend], 20)
  return sheet(source, { height: body.height + 2 * margin, definitions: '', svg: group(margin, margin, body.svg) })
}

function matrixBlock(pen: Pen, { view }: ExportView, matrix: MatrixView): Block {
  const explained = new Set(view.subject.whole ? [] : view.subject.targets.map(({ column }) => column as number))
  const inputs = matrix.inputs.slice(0, most.inputs)
  const bands = matrixBands(inputs, width - labels - 40)
  const blocks = bands.map((band) => bandBlock(pen, matrix, band, explained))
  const left = [
    cutWords(matrix.targets.length, most.targets, 'token'),
    cutWords(matrix.inputs.length, most.inputs, 'part'),
  ].filter((words) => words !== null)
  const note = left.length === 0 ? [] : [{ height: 16, svg: line(0, 12, left.join(', '), noteStyle(pen)) }]
  return below([...blocks, ...note], 14)
}

function noteStyle({ palette }: Pen): { readonly size: number; readonly fill: string } {
  return { size: 12.5, fill: palette.muted }
}

function cutWords(all: number, shown: number, noun: string): string | null {
  return all > shown ? `first ${shown} of ${counted(all, noun)}` : null
}

function bandBlock(pen: Pen, matrix: MatrixView, band: MatrixBand, explained: ReadonlySet<number>): Block {
  const targets = matrix.targets.slice(0, most.targets)
  const head = 14 + (band.named ? names.upright : names.rows)
  const height = head + targets.length * rowHeight + 14
  const svg = [
    panel(pen, 0, 0, width, height),
    group(labels + 16, head, columnNames(pen, band)),
    ...targets.map(({ label, target }, row) => {
      const y = head + row * rowHeight
      const own = explained.has(target.column)
      const weight = own ? 'semibold' : 'regular'
      const style = { size: 13, weight, fill: own ? pen.palette.text : pen.palette.muted } as const
      const name = `${target.segment}-${target.index}`
      const text = line(labels, y + 15.5, fitted(pen, label, style, labels - 16), { ...style, anchor: 'end' })
      return element('g', { 'data-target': name }, text, group(labels + 16, y, rowOf(pen, matrix, band, row)))
    }),
  ].join('')
  return { height, svg }
}

/** Names over the columns: the first of every row of patches has the row, texts stand upright. */
function columnNames(pen: Pen, { columns }: MatrixBand): Svg {
  const style = { size: 11.5, fill: pen.palette.muted }
  return columns
    .map(({ item, left, width: wide }) => {
      const { input, label } = item
      if (input.row !== null) return input.column === 0 ? line(left, -6, String(fromOne(input.row)), style) : ''
      const text = tightLine(pen, 0, 4, fitted(pen, label, style, names.upright - 8), style)
      return element('g', { transform: `translate(${left + wide / 2} -6) rotate(-90)` }, text)
    })
    .join('')
}

function rowOf({ theme, palette }: Pen, { inputs, values, shares }: MatrixView, { columns }: MatrixBand, row: number): Svg {
  return columns
    .map(({ item, left, width: wide }) => {
      const place = row * inputs.length + item.input.index
      if (Number.isNaN(at(values, place))) return ''
      const box = { x: left, y: 0, width: wide - (isPatch(item) ? 0 : 1), height: rowHeight - 1 }
      const ground = isPatch(item) ? '' : element('rect', { ...box, fill: palette.sunken })
      const colour = relevanceColour(at(shares, place), 'colour', theme)
      return `${ground}${element('rect', { ...box, ...fillOf(colour), 'data-cell': item.input.index })}`
    })
    .join('')
}

function isPatch({ input }: MatrixInput): boolean {
  return input.kind === 'patch'
}
