import type { Explanation, Input, Target } from '../../../shared/explanation/record.ts'
import { fail } from '../../../shared/contract/failure.ts'
import type { Provenance } from './provenance.ts'
import { shortFloat } from './short-number.ts'

const inputColumns = ['index', 'kind', 'segment', 'row', 'column', 'text', 'members'] as const

/**
 * The relevance matrix as a table (RFC 4180, UTF-8, CRLF): a header, then one line per input; seven columns say what the input is, then one column per
 * target, in nats; with provenance a last column, whose first cell holds it as JSON. Texts that a spreadsheet would take for a formula get an apostrophe in front.
 * @throws `model-not-finite`
 */
export function explanationCsv({ model, inputs, targets, relevance }: Explanation, provenance?: Provenance): string {
  const header = [...inputColumns, ...targets.map(targetHeading), ...(provenance === undefined ? [] : ['provenance'])]
  const lines = inputs.map((input, row) => {
    const values = relevance.values.subarray(row * relevance.targets, (row + 1) * relevance.targets)
    const numbers = Array.from(values, (value) =>
      Number.isFinite(value) ? String(shortFloat(value)) : fail('model-not-finite', { model: model.name }),
    )
    return [...inputCells(input), ...numbers, ...provenanceCell(provenance, row)]
  })
  return [header.map(textCell), ...lines].map((cells) => `${cells.join(',')}\r\n`).join('')
}

function provenanceCell(provenance: Provenance | undefined, row: number): string[] {
  return provenance === undefined ? [] : [row === 0 ? textCell(JSON.stringify(provenance)) : '']
}

function inputCells({ index, kind, segment, row, column, text, members }: Input): string[] {
  return [String(index), kind, segment, String(row ?? ''), String(column ?? ''), textCell(text), members.join(' ')]
}

/** What a column is about: "completion 0: three"; unique, since places within a segment are. */
function targetHeading({ segment, index, text }: Target): string {
  return `${segment} ${index}: ${text}`
}

/** A text as a cell: never a formula, quoted where commas, quotes, line ends or outer spaces ask for it. */
export function textCell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return /[",\r\n]|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
