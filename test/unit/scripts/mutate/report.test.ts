import { describe, expect, it } from 'vitest'
import type { TriedMutant } from '../../../../scripts/mutate/report.ts'
import { mutantLine, scoreLine, scoreOf, survivorsOf } from '../../../../scripts/mutate/report.ts'

const mutant = (status: string, line = 1, fileName = 'a.ts'): TriedMutant => ({
  fileName,
  location: { start: { line, column: 8 }, end: { line, column: 13 } },
  replacement: 'a <= b',
  status,
})

describe('scoreOf', () => {
  it('counts failing and endless tests as kills, untested places as survivors, and nothing else', () => {
    const statuses = ['Killed', 'Timeout', 'Survived', 'NoCoverage', 'NoCoverage', 'CompileError', 'Ignored']
    expect(scoreOf(statuses.map((status) => mutant(status)))).toEqual({ mutants: 5, killed: 2, endless: 1, percent: 40 })
  })
  it('rounds down, so that a threshold is never met by rounding', () => {
    const all = [...Array<string>(2).fill('Killed'), 'Survived'].map((status) => mutant(status))
    expect(scoreOf(all).percent).toBe(66.6)
  })
  it('is 100 % without mutants', () => expect(scoreOf([])).toEqual({ mutants: 0, killed: 0, endless: 0, percent: 100 }))
})

describe('survivorsOf', () => {
  it('lists them in the order of files and lines', () => {
    const all = [mutant('Survived', 9), mutant('NoCoverage', 2, 'b.ts'), mutant('Killed', 1), mutant('Survived', 3)]
    expect(survivorsOf(all).map(({ fileName, location }) => [fileName, location.start.line])).toEqual([
      ['a.ts', 3],
      ['a.ts', 9],
      ['b.ts', 2],
    ])
  })
})

describe('scoreLine', () => {
  it('says when tests kill too few, and nothing more at the threshold', () => {
    expect(scoreLine('src/shared/values', { mutants: 20, killed: 17, endless: 3, percent: 85 }, 85)).toBe(
      'src/shared/values           17 of 20 killed (3 endless), 85 % (85 wanted)',
    )
    expect(scoreLine('src/shared/values', { mutants: 20, killed: 17, endless: 3, percent: 84.9 }, 85)).toMatch(/, TOO FEW$/)
  })
})

describe('mutantLine', () => {
  it('shows the place, what stands there and what the mutant makes of it', () => {
    expect(mutantLine(mutant('Survived', 2), '// first\nreturn a < b\n')).toBe('  a.ts:2  a < b  ->  a <= b')
  })
  it('puts a place of several lines onto one and says when no test reaches it', () => {
    const location = { start: { line: 1, column: 3 }, end: { line: 3, column: 2 } }
    expect(mutantLine({ ...mutant('NoCoverage'), location, replacement: '{}' }, 'f {\n  go()\n} // end\n')).toBe(
      '  a.ts:1  { go() }  ->  {}  (no test reaches it)',
    )
  })
  it('cuts a long text', () => {
    const line = mutantLine({ ...mutant('Survived'), replacement: 'x'.repeat(200) }, 'return a < b')
    expect(line).toBe(`  a.ts:1  a < b  ->  ${'x'.repeat(90)}…`)
  })
})
