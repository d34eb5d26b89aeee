import { fail } from '../../../shared/contract/failure.ts'
import { knownOf } from '../../../shared/explanation/known.ts'
import { fromOne } from '../../../shared/explanation/numbers.ts'
import type { Explanation } from '../../../shared/explanation/record.ts'
import type { MatrixInput, MatrixTarget } from '../../../shared/explanation/view/matrix.ts'
import { matrixOf } from '../../../shared/explanation/view/matrix.ts'
import { element, present } from '../../../shared/values/element.ts'
import type { Provenance } from './provenance.ts'
import { shortFloat } from './short-number.ts'

const inputColumns = ['index', 'kind', 'segment', 'row (from 1)', 'column (from 1)', 'label', 'text', 'members'] as const

/**
 * The matrix as it is seen, as a table (RFC 4180, UTF-8, CRLF): a header, then one line per input; eight columns say what the input is, then one column per
 * target, in nats, empty where the input was not read yet when the token was written; with provenance a last column, whose first cell holds it as JSON. Texts
 * that a spreadsheet would take for a formula get an apostrophe in front.
 * @throws `model-not-finite`
 */
export function explanationCsv(explanation: Explanation, provenance?: Provenance): string {
  const { model, relevance } = explanation
  if (!relevance.values.every(Number.isFinite)) fail('model-not-finite', { model: model.name })
  const { inputs, targets, values } = present(matrixOf(knownOf(explanation), 'absolute'), 'the matrix of a whole explanation')
  const header = [...inputColumns, ...targets.map(targetHeading), ...(provenance === undefined ? [] : ['provenance'])]
  const lines = inputs.map((input, place) => [
    ...inputCells(input),
    ...targets.map((_, row) => numberCell(element(values, row * inputs.length + place))),
    ...provenanceCell(provenance, place),
  ])
  return [header.map(textCell), ...lines].map((cells) => `${cells.join(',')}\r\n`).join('')
}

function numberCell(nats: number): string {
  return Number.isNaN(nats) ? '' : String(shortFloat(nats))
}

function provenanceCell(provenance: Provenance | undefined, row: number): string[] {
  return provenance === undefined ? [] : [row === 0 ? textCell(JSON.stringify(provenance)) : '']
}

function inputCells({ input, label }: MatrixInput): string[] {
  const { index, kind, segment, row, column, text, members } = input
  const place = [row, column].map((each) => (each === null ? '' : String(fromOne(each))))
  return [String(index), kind, segment, ...place, textCell(label), textCell(text), members.join(' ')]
}

/** What a column is about: "completion 0: three"; unique, since places within a segment are. */
function targetHeading({ target: { segment, index }, label }: MatrixTarget): string {
  return `${segment} ${index}: ${label}`
}

/** A text as a cell: never a formula, quoted where commas, quotes, line ends or outer spaces ask for it. */
export function textCell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return /[",\r\n]|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
