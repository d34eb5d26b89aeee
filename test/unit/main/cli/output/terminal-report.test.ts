import { describe, expect, it } from 'vitest'
import { heatText, legendText } from '../../../../../src/main/cli/output/heat-text.ts'
import { plainReport } from '../../../../../src/main/cli/output/plain-report.ts'
import { printable } from '../../../../../src/main/cli/output/printable.ts'
import { reported } from '../../../../../src/main/cli/output/reported.ts'
import { terminalReport } from '../../../../../src/main/cli/output/terminal-report.ts'
import { knownOf } from '../../../../../src/shared/explanation/known.ts'
import type { Question } from '../../../../../src/shared/explanation/question.ts'
import type { Explanation } from '../../../../../src/shared/explanation/record.ts'
import { viewOf } from '../../../../../src/shared/explanation/view.ts'
import { cellSentences, droppedSentence, wordSentence } from '../../../../../src/shared/explanation/view/sentences.ts'
import { position } from '../../../../../src/shared/values/brand.ts'
import { explanation } from '../../export/hand-made.ts'

const plain = (text: string) => text.replaceAll(/\u001b\[[\d;]*m/g, '')
const asked = (whole: Explanation, question: Question) => reported(whole, [viewOf(knownOf(whole), question)], 'answer')
const report = (whole: Explanation, question: Question | null = null) =>
  terminalReport(question === null ? reported(whole, [], 'answer') : asked(whole, question), 'none', 100)
const cats: Question = {
  about: { kind: 'tokens', tokens: [{ segment: 'completion', index: 1 }] },
  against: { kind: 'nothing' },
  without: null,
  scale: 'answer',
}

describe('terminalReport', () => {
  it('has a line per token with its strongest patch, counted from 1', () => {
    const lines = report(explanation()).split('\n')
    expect(lines.find((line) => /^ *0 /.test(line))).toMatch(/0 +three +−0\.10 +row 4, column 3 +\+2\.40/)
    expect(lines.filter((line) => /^ *[012] {3}\S+ +−0/.test(line))).toHaveLength(3)
  })

  it.each(['256', '24-bit'] as const)('says the same with %s colours', (depth) => {
    const coloured = terminalReport(reported(explanation(), [], 'answer'), depth, 100)
    expect(coloured).toContain('\u001b[48;')
    const table = (text: string) => text.slice(text.indexOf('token   '))
    expect(table(plain(coloured))).toEqual(table(report(explanation())))
  })

  it('draws the view of the question: its title, scale, marks, strongest sentences and candidates', () => {
    const about = asked(explanation(), cats)
    const view = viewOf(about.known, cats)
    const text = report(explanation(), cats)
    const sentences = [
      view.title,
      view.detail,
      `${view.scale.words} · ${view.scale.unit}`,
      `${view.scale.ticks.map(({ label }) => label).join('  ')} nats`,
      cellSentences(view, { row: 4, column: 3 })?.effect,
      ...view.words.slice(2, 5).map((word) => wordSentence(view, word)),
      ...view.candidates.map(({ label, written }) => `${label} ${written}`),
    ]
    expect(sentences.length).toBeGreaterThan(10)
    for (const each of sentences) expect(text).toContain(each)
  })

  it('shows the token that needed the picture most when nothing is asked', () => {
    const whole = explanation({ relevance: ({ index }, target) => (target.index === 1 && index === 40 ? 3 : 0.2) })
    expect(report(whole)).toContain('“cats”\np ')
  })

  it('prints the drops of a reverse question, for every token after the part', () => {
    const question: Question = { ...cats, without: { kind: 'patches', positions: [position(13)] } }
    const { known } = asked(explanation(), question)
    const view = viewOf(known, question)
    const text = report(explanation(), question)
    expect(text).toContain(`Without row 2, column 2\n${view.without?.words}`)
    expect(view.without?.drops).toHaveLength(3)
    for (const drop of view.without?.drops ?? []) expect(text).toContain(droppedSentence(view, drop))
  })

  it('says that nothing is clear, but not where f is 0', () => {
    const weak = explanation({ relevance: () => 0.05 })
    expect(report(weak)).toContain('\nno clear relevance\n')
    const { suppression } = weak.parameters
    const none = report({ ...weak, parameters: { ...weak.parameters, suppression: { ...suppression, strength: 0 } } })
    expect(none).not.toContain('no clear relevance')
    expect(none).toContain('f is 0: nothing was suppressed')
  })

  it('numbers equal words', () => {
    const whole = explanation({ prompt: ['the', ' cat', ' the'], picture: null, relevance: ({ index }) => 1 + index })
    expect(report(whole)).toMatch(/the \(2\) \+3\.00/)
  })

  it('keeps tokens from steering the terminal', () => {
    const whole = explanation({ prompt: ['a\u001b[2J'], completion: ['\u001b]0;title\u0007', ' b\u202E'] })
    expect(report(whole)).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/)
  })

  it('speaks of words alone where there is no picture', () => {
    expect(report(explanation({ picture: null }))).toContain('strongest words')
    expect(report(explanation({ picture: null }))).not.toContain('patch')
  })
})

describe('plainReport', () => {
  it('counts rows and columns from 1', () => {
    const [, , first] = plainReport(reported(explanation(), [], 'answer')).split('\n')
    expect(first?.split('\t').slice(0, 7)).toEqual(['0', 'completion', '" three"', '-0.1000', '4', '3', '2.4000'])
  })

  it('answers what was asked before the table, with the scale of the view', () => {
    const about = asked(explanation(), cats)
    const view = viewOf(about.known, cats)
    const lines = plainReport(about).split('\n')
    expect(lines.slice(1, 4)).toEqual([
      'title\t"“cats”"',
      `detail\t"${view.detail}"`,
      `scale\t${view.scale.maximum.toFixed(4)}\t${view.scale.words}\t${view.scale.unit}`,
    ])
    expect(lines).toContain('candidate\t" two"\t0.33')
  })
})

describe('heatText', () => {
  const map = { rows: 3, columns: 2, shares: Float32Array.of(0, 1, -1, 0.5, 0, 0), tone: 'colour' } as const

  it('shows strength by shade where there is no colour, rows and columns counted from 1', () => {
    expect(heatText(map, 'none')).toEqual(['  1', '1   ██', '2 --▒▒', '3'])
  })

  it('puts two rows into a line of half blocks', () => {
    expect(heatText(map, '24-bit').map(plain)).toEqual(['  1', '1 ▀▀▀▀', '3 ▀▀▀▀'])
  })

  it('has no hue in grey', () => {
    const colours = [
      ...heatText({ ...map, tone: 'grey' }, '24-bit')
        .join('')
        .matchAll(/;2;(\d+);(\d+);(\d+)/g),
    ]
    expect(colours.length).toBeGreaterThan(3)
    for (const [, red, , blue] of colours) expect(Math.abs(Number(red) - Number(blue))).toBeLessThan(10)
  })
})

describe('legendText', () => {
  it('names both ends, the scale, the unit and the marks', () => {
    const { scale } = viewOf(asked(explanation(), cats).known, cats)
    const [bar, marks] = legendText(scale, 'colour', 'none')
    expect(bar).toMatch(/^opposes -+ .*█ supports · scale: this answer · nats; \+0\.69 = twice as likely with this patch$/)
    expect(marks).toBe('−15  −7  0  +7  +15 nats')
  })
})

describe('printable', () => {
  it('is one line without control characters', () => {
    expect(printable('a\r\nb\u001b[31m\u0085\u202Ec')).toBe('a b\uFFFD[31m\uFFFD\uFFFDc')
  })
})
