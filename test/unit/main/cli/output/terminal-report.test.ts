import { describe, expect, it } from 'vitest'
import { heatText } from '../../../../../src/main/cli/output/heat-text.ts'
import { printable } from '../../../../../src/main/cli/output/printable.ts'
import { terminalReport } from '../../../../../src/main/cli/output/terminal-report.ts'
import { explanation } from '../../export/hand-made.ts'

const plain = (text: string) => text.replaceAll(/\u001b\[[\d;]*m/g, '')

describe('terminalReport', () => {
  it('has a line per token with its strongest patch', () => {
    const lines = terminalReport(explanation(), 'none', 100).split('\n')
    const three = lines.find((line) => /^ *0 /.test(line))
    expect(three).toMatch(/0 +three +−0\.10 +row 3, column 2 +\+2\.40/)
    expect(lines.filter((line) => /^ *[012] /.test(line))).toHaveLength(3)
  })

  it.each(['256', '24-bit'] as const)('says the same with %s colours', (depth) => {
    const coloured = terminalReport(explanation(), depth, 100)
    const table = (text: string) => text.split('\n').filter((line) => /^ *[012] /.test(line))
    expect(coloured).toContain('\u001b[48;')
    expect(table(plain(coloured))).toEqual(table(terminalReport(explanation(), 'none', 100)))
  })

  it('keeps tokens from steering the terminal', () => {
    const report = terminalReport(
      explanation({ prompt: ['a\u001b[2J'], completion: ['\u001b]0;title\u0007', ' b\u202E'] }),
      'none',
      100,
    )
    expect(report).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/)
  })

  it('tells about a document without patches', () => {
    const report = terminalReport(explanation({ picture: null }), 'none', 100)
    expect(report).toContain('strongest words')
    expect(report).not.toContain('patch')
  })
})

describe('heatText', () => {
  const grid = { rows: 3, columns: 2 }
  const values = Float32Array.of(0, 1, -1, 0.5, 0, 0)

  it('shows strength by shade where there is no colour', () => {
    expect(heatText(grid, values, 1, 'none')).toEqual(['  ██', '--▒▒', '    '])
  })

  it('puts two rows into a line of half blocks', () => {
    expect(heatText(grid, values, 1, '24-bit').map(plain)).toEqual(['▀▀▀▀', '▀▀▀▀'])
  })
})

describe('printable', () => {
  it('is one line without control characters', () => {
    expect(printable('a\r\nb\u001b[31m\u0085\u202Ec')).toBe('a b\uFFFD[31m\uFFFD\uFFFDc')
  })
})
