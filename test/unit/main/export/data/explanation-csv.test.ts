import { fc, it } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { explanationCsv, textCell } from '../../../../../src/main/export/data/explanation-csv.ts'
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
      expect(header?.slice(7)).toEqual(completion.map((text, index) => `completion ${index}: ${text}`))
      expect(rows.map((row) => row[5]?.replace(/^'(?=[=+\-@\t\r])/, ''))).toEqual(whole.inputs.map(({ text }) => text))
      expect(rows.every((row) => row.length === header?.length)).toBe(true)
    },
  )

  it('has one line per input with its numbers in nats', () => {
    const whole = explanation()
    const rows = parse(explanationCsv(whole)).slice(1)
    expect(Float32Array.from(rows.flatMap((row) => row.slice(7).map(Number)))).toEqual(whole.relevance.values)
    expect(rows[13]?.slice(0, 7)).toEqual(['13', 'patch', 'image', '1', '1', '', '13'])
    expect(rows[144]?.slice(0, 7)).toEqual(['144', 'token', 'prompt', '', '', 'This', '144'])
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
