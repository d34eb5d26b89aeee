import type { Input } from './record.ts'
import { element, valueAt } from '../values/element.ts'
import { fromOne } from './numbers.ts'

/** Characters that turn the direction of what stands beside them. */
const turning = /[\u202A-\u202E\u2066-\u2069]/g

/** A text whose order nothing turns round: characters that change the direction of what stands beside them show as U+FFFD. */
export function straight(text: string): string {
  return text.replaceAll(turning, '\uFFFD')
}

/** A text with its line ends and tabs made visible; see {@link straight}. */
export function visible(text: string): string {
  return straight(text).replaceAll('\n', '⏎').replaceAll('\t', '⇥')
}

/** A token or word as it is spoken of: outer spaces gone; white space alone in words. */
export function tokenLabel(text: string): string {
  const shown = text.trim()
  if (shown !== '') return visible(shown)
  if (text === '') return 'empty token'
  return text.includes('\n') ? 'line break' : text.includes('\t') ? 'tab' : 'space'
}

/** Labels of texts that stand together: equal ones are numbered in order, "the (1)", "the (2)", so that they are not confused. */
export function numberedLabels(texts: readonly string[]): string[] {
  const labels = texts.map(tokenLabel)
  const alike = Map.groupBy(labels.keys(), (place) => element(labels, place))
  return labels.map((label, place) => {
    const places = valueAt(alike, label)
    return places.length === 1 ? label : `${label} (${1 + places.indexOf(place)})`
  })
}

/** A cell as a person finds it: "row 4, column 7", counted from 1. */
export function cellLabel({ row, column }: { readonly row: number; readonly column: number }): string {
  return `row ${fromOne(row)}, column ${fromOne(column)}`
}

/** A part of the input: "row 4, column 7" or its text. */
export function inputLabel({ row, column, text }: Pick<Input, 'row' | 'column' | 'text'>): string {
  return row === null || column === null ? tokenLabel(text) : cellLabel({ row, column })
}

/** A text in quotation marks. */
export function quoted(text: string): string {
  return `“${text}”`
}
