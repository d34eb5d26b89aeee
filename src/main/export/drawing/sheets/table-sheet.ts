import { formatNats } from '../../../../shared/explanation/numbers.ts'
import type { MatrixView } from '../../../../shared/explanation/view/matrix.ts'
import { matrixOf } from '../../../../shared/explanation/view/matrix.ts'
import { sortedPlaces } from '../../../../shared/explanation/view/sorting.ts'
import { tableWords } from '../../../../shared/explanation/wording.ts'
import { element as at } from '../../../../shared/values/element.ts'
import type { ExportView } from '../../export-view.ts'
import { titleBlock } from '../parts/title-block.ts'
import type { SheetSource } from '../sheet.ts'
import { margin, panel, sheet, sheetWidth } from '../sheet.ts'
import { below, fitted, line, paragraph } from '../text/lettering.ts'
import type { Pen } from '../text/pen.ts'
import type { Block, Svg } from '../text/svg.ts'
import { element, group } from '../text/svg.ts'

const width = sheetWidth - 2 * margin
const rowHeight = 23
const size = 13
const columns = { part: 230, kind: 80, number: 78 }

/** Most rows and columns of numbers: a page holds no more; the files of numbers hold all. */
const most = { rows: 60, targets: 10 }

/** The numbers of the explained tokens, a row per part of the input: sorted by the first of them, in the order of the text for the whole answer. */
export function tableSheet(source: SheetSource): Svg {
  const { view, pen } = source
  const matrix = matrixOf(view.known, view.question.scale)
  const table = matrix === null ? { height: 0, svg: '' } : tableBlock(pen, view, matrix)
  const caption = paragraph(pen, tableWords, { size: 12.5, fill: pen.palette.muted }, width)
  const body = below([titleBlock(pen, view.view, width, 26), caption, table], 16)
  return sheet(source, { height: body.height + 2 * margin, definitions: '', svg: group(margin, margin, body.svg) })
}

function tableBlock(pen: Pen, { view }: ExportView, matrix: MatrixView): Block {
  const asked = new Set<number>(view.subject.targets.map(({ column }) => column))
  const explained = matrix.targets.flatMap((each, row) => (asked.has(each.target.column) ? [{ ...each, row }] : []))
  const shown = explained.slice(0, most.targets)
  const first = view.subject.whole ? null : (shown[0]?.row ?? null)
  const sorted = sortedPlaces(matrix, { target: first, descending: first !== null })
  const rows = sorted.slice(0, most.rows)
  const lines = rows.map((input, place) => row(pen, matrix, shown, input, 40 + place * rowHeight))
  const height = 40 + rows.length * rowHeight + 14
  const cut = [cutWords(rows.length, sorted.length, 'rows'), cutWords(shown.length, explained.length, 'tokens')]
  const note = cut.filter((words) => words !== null).join(', ')
  const block = { height, svg: [panel(pen, 0, 0, width, height), headings(pen, shown), ...lines].join('') }
  return note === '' ? block : below([block, { height: 16, svg: line(0, 12, note, { size, fill: pen.palette.muted }) }], 10)
}

function cutWords(shown: number, all: number, noun: string): string | null {
  return all > shown ? `first ${shown} of ${all} ${noun}` : null
}

function headings(pen: Pen, shown: readonly { readonly label: string }[]): Svg {
  const style = { size: 12, weight: 'semibold', fill: pen.palette.muted } as const
  return [
    line(20, 26, 'Part', style),
    line(20 + columns.part, 26, 'Kind', style),
    ...shown.map(({ label }, place) =>
      line(right(place), 26, fitted(pen, label, style, columns.number - 10), { ...style, anchor: 'end' }),
    ),
  ].join('')
}

function right(place: number): number {
  return 20 + columns.part + columns.kind + (place + 1) * columns.number
}

function row(
  pen: Pen,
  { inputs, values }: MatrixView,
  shown: readonly { readonly row: number }[],
  index: number,
  y: number,
): Svg {
  const { label, kind } = at(inputs, index)
  const { palette } = pen
  return element(
    'g',
    { 'data-input': index },
    element('rect', { x: 1, y, width: width - 2, height: 1, fill: palette.line }),
    line(20, y + 16, fitted(pen, label, { size }, columns.part - 16), { size }),
    line(20 + columns.part, y + 16, kind, { size, fill: palette.muted }),
    ...shown.map((each, place) => {
      const nats = at(values, each.row * inputs.length + index)
      const written = Number.isNaN(nats) ? '–' : formatNats(nats, 3)
      return line(right(place), y + 16, written, { size, anchor: 'end', fill: Number.isNaN(nats) ? palette.faint : palette.text })
    }),
  )
}
