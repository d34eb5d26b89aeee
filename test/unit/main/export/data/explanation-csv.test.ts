import { fc, it } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { explanationCsv, textCell } from '../../../../../src/main/export/data/explanation-csv.ts'
import { knownOf } from '../../../../../src/shared/explanation/known.ts'
import { numberedLabels } from '../../../../../src/shared/explanation/labels.ts'
import { matrixOf } from '../../../../../src/shared/explanation/view/matrix.ts'
import { explanation } from '../hand-made.ts'

/** Reads RFC 4180, strictly. */
function parse(csv: string): string[][] {
  const rows: string[][] = [[]]
  const cell = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|$)/y
  while (cell.lastIndex < csv.length) {
    const match = cell.exec(csv)
    if (match === null) throw new Error('not RFC 4180')
    rows.at(-1)?.push(match[1]?.replaceAll('""', '"') ?? match[2] ?? '')
    if (match[3] === '\r\n') rows.push([])
  }
  return rows.slice(0, -1)
}

const texts = fc.oneof(fc.string({ unit: 'grapheme' }), fc.stringMatching(/^[=+\-@\t\r ,"\n]{0,6}$/))

describe('explanationCsv', () => {
  it.prop([fc.array(texts, { minLength: 1, maxLength: 5 }), fc.array(texts, { minLength: 1, maxLength: 3 })])(
    'reads back whatever the tokens hold, formulas apart',
    (prompt, completion) => {
      const whole = explanation({ prompt, completion, picture: null })
      const [header, ...rows] = parse(explanationCsv(whole))
      expect(header?.slice(8)).toEqual(numberedLabels(completion).map((label, index) => `completion ${index}: ${label}`))
      expect(rows.map((row) => row[6]?.replace(/^'(?=[=+\-@\t\r])/, ''))).toEqual(whole.inputs.map(({ text }) => text))
      expect(rows.every((row) => row.length === header?.length)).toBe(true)
    },
  )

  it('has one line per input, in the numbers, labels and places of the matrix that is seen', () => {
    const whole = explanation({ prompt: ['the', ' cat', ' the'] })
    const [header, ...rows] = parse(explanationCsv(whole))
    const matrix = matrixOf(knownOf(whole), 'answer')
    const columns = whole.targets.map((_, row) => Float32Array.from(rows, (cells) => numberIn(cells[8 + row])))
    expect(columns).toEqual(whole.targets.map((_, row) => matrix?.values.slice(row * rows.length, (row + 1) * rows.length)))
    expect(header?.slice(0, 8)).toEqual([
      'index',
      'kind',
      'segment',
      'row (from 1)',
      'column (from 1)',
      'label',
      'text',
      'members',
    ])
    expect(rows[13]?.slice(0, 8)).toEqual(['13', 'patch', 'image', '2', '2', 'row 2, column 2', '', '13'])
    expect(rows[146]?.slice(0, 8)).toEqual(['146', 'token', 'prompt', '', '', 'the (2)', ' the', '146'])
  })

  it('is empty where an input was not read yet when the token was written', () => {
    const rows = parse(explanationCsv(explanation({ completion: [' three', ' cats', '.'] }))).slice(1)
    expect(rows.at(-1)?.slice(8)).toEqual(['', '', '0.05'])
  })

  it('refuses numbers that are not finite', () => {
    expect(() => explanationCsv(explanation({ relevance: () => Number.NaN }))).toThrow('not finite')
  })
})

describe('textCell', () => {
  it.prop([texts])('is never a formula', (text) => {
    expect(textCell(text)).not.toMatch(/^"?[=+\-@\t\r]/)
  })

  it.each([
    ['=1+1', "'=1+1"],
    ['a,b', '"a,b"'],
    ['say "so"', '"say ""so"""'],
    [' three', '" three"'],
    ['-0.5', "'-0.5"],
    ['plain', 'plain'],
  ])('writes %j as %j', (text, cell) => {
    expect(textCell(text)).toBe(cell)
  })
})

/** An empty cell has no number. */
function numberIn(cell: string | undefined): number {
  return cell === undefined || cell === '' ? Number.NaN : Number(cell)
}
