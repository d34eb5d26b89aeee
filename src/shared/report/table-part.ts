import { formatNats } from '../explanation/numbers.ts'
import type { Suppressed } from '../explanation/claim.ts'
import { cellLabel } from '../explanation/labels.ts'
import type { View } from '../explanation/view.ts'
import { suppressedAt } from '../explanation/view/view-map.ts'
import { changeWords, howWords, kindWords, notReadYet } from '../explanation/wording.ts'
import { cells } from '../sequence/patch-grid.ts'
import { element } from '../values/element.ts'
import type { ReportLook } from './look.ts'
import type { Markup } from './markup.ts'
import { isolated, markup } from './markup.ts'

/** A part of the input in the table. */
interface Row {
  readonly label: string
  readonly kind: string
  /** In nats; NaN where it was not read yet. */
  readonly nats: number
  readonly suppressed: Suppressed
}

/** All numbers of a view; empty while the table is closed. */
export function tablePart(view: View, { table, byStrength }: ReportLook): Markup[] {
  if (!table) return []
  const rows = byStrength ? strongestFirst(rowsOf(view)) : rowsOf(view)
  const order = { scope: 'col', class: 'number', 'aria-sort': byStrength ? 'descending' : 'none' }
  return [
    markup('caption', {}, isolated(view.title), ` · ${view.scale.unit}`),
    markup(
      'thead',
      {},
      markup(
        'tr',
        {},
        markup('th', { scope: 'col' }, 'part'),
        markup('th', { scope: 'col' }, 'kind'),
        markup('th', order, markup('button', { type: 'button', 'data-action': 'order' }, 'nats')),
        markup('th', { scope: 'col' }, 'in words'),
      ),
    ),
    markup('tbody', {}, ...rows.map((row) => tableRow(view, row))),
  ]
}

function rowsOf(view: View): Row[] {
  const { map, words, passages } = view
  const patches =
    map === null
      ? []
      : cells(map).map((cell, place) => ({
          label: cellLabel(cell),
          kind: kindWords.patch,
          nats: element(map.values, place),
          suppressed: suppressedAt(map, view),
        }))
  return [...patches, ...[...words, ...passages].map((word) => ({ ...word, kind: kindWords[word.input.kind] }))]
}

/** Largest first; what was not read yet last. */
function strongestFirst(rows: readonly Row[]): Row[] {
  const [read, unread] = [rows.filter(({ nats }) => !Number.isNaN(nats)), rows.filter(({ nats }) => Number.isNaN(nats))]
  return [...read.sort((first, second) => second.nats - first.nats), ...unread]
}

function tableRow({ claim }: View, { label, kind, nats, suppressed }: Row): Markup {
  const unread = Number.isNaN(nats)
  return markup(
    'tr',
    {},
    markup('th', { scope: 'row' }, isolated(label)),
    markup('td', {}, kind),
    markup('td', { class: 'number' }, unread ? '' : formatNats(nats)),
    markup('td', { title: unread ? null : howWords(claim, suppressed) }, unread ? notReadYet : changeWords(claim, nats)),
  )
}
