import { describe, expect, it } from 'vitest'
import type { ExportView } from '../../../../../src/main/export/export-view.ts'
import type { Theme } from '../../../../../src/shared/colour/ramp.ts'
import { relevanceColour } from '../../../../../src/shared/colour/ramp.ts'
import { cssColour } from '../../../../../src/shared/colour/rgba.ts'
import type { About, Question } from '../../../../../src/shared/explanation/question.ts'
import { scales, wholeAnswer } from '../../../../../src/shared/explanation/question.ts'
import type { Explanation, Input, Target } from '../../../../../src/shared/explanation/record.ts'
import type { View } from '../../../../../src/shared/explanation/view.ts'
import { viewOf } from '../../../../../src/shared/explanation/view.ts'
import { cellSentences, droppedSentence, wordSentence } from '../../../../../src/shared/explanation/view/sentences.ts'
import { formatNats } from '../../../../../src/shared/explanation/numbers.ts'
import { position } from '../../../../../src/shared/values/brand.ts'
import { element } from '../../../../../src/shared/values/element.ts'
import { explanation } from '../hand-made.ts'
import { exported, openReport } from './open-report.ts'

const tokens = (...places: number[]): About => ({
  kind: 'tokens',
  tokens: places.map((index) => ({ segment: 'completion', index })),
})

/** Token i needs the cell (i, 1) by 2 nats and the word " is" by 0.5; candidate 1 needs twice as little. */
const relevance = ({ row, column, text }: Input, { index }: Target): number =>
  row === null ? (text === ' is' ? 0.5 : 0) : row === index && column === 1 ? 2 : 0

function withCandidates(whole: Explanation): Explanation {
  const { values } = whole.relevance
  const candidates = Float32Array.from({ length: values.length * 5 }, (_, at) =>
    at % 5 === 4 ? Number.NaN : element(values, Math.floor(at / 5)) / (1 + (at % 5)),
  )
  return { ...whole, relevance: { ...whole.relevance, candidates } }
}

const records: Readonly<Record<string, Explanation>> = {
  picture: withCandidates(explanation()),
  document: withCandidates(explanation({ picture: null, relevance: ({ text }) => (text === ' is' ? 2 : -0.3) })),
  unclear: withCandidates(explanation({ relevance: ({ index }) => 0.05 * Math.sin(index) })),
  'equal words, all watched': withCandidates(
    explanation({ prompt: ['the', ' cat', ' the', ' dog'], completion: [' the', ' end'], allTargets: true }),
  ),
}

const questions: Readonly<Record<string, Partial<Question>>> = {
  'the whole answer': {},
  'a token': { about: tokens(1) },
  'a span': { about: tokens(0, 1) },
  'why not': { about: tokens(0), against: { kind: 'candidate', place: 1 } },
  'without a part': { about: tokens(1), without: { kind: 'text', positions: [position(1)] } },
}

/** What the page says of its first record, and the colours of its cells. */
type Said = ReturnType<typeof saidBy>

function saidBy(report: Awaited<ReturnType<typeof openReport>>) {
  const titles = (selector: string) => report.all(`[data-side="0"] ${selector}`).map((found) => found.getAttribute('title'))
  return {
    title: report.role('title'),
    detail: report.role('detail'),
    unit: report.role('unit'),
    scale: report.role('scale'),
    notes: report.role('note'),
    ticks: report.role('tick'),
    summary: report.role('summary'),
    without: report.role('without'),
    words: titles('[data-word]'),
    drops: titles('[data-drop]'),
    fills: report.fills(),
  }
}

/** What it ought to say. */
function expected(view: View, theme: Theme): Said {
  const { map, words, passages } = view
  const strongest = [...words].sort((one, other) => Math.abs(other.nats) - Math.abs(one.nats)).slice(0, 12)
  return {
    title: [view.title],
    detail: [view.detail],
    unit: [view.scale.unit],
    scale: [view.scale.words],
    notes: [...view.notes],
    ticks: view.scale.ticks.map(({ label }) => label),
    summary: [view.summary],
    without: [view.without?.title ?? ''],
    words: [...strongest, ...passages].map((word) => wordSentence(view, word)),
    drops: (view.without?.drops ?? []).map((drop) => droppedSentence(view, drop)),
    fills: map === null ? [] : [...map.shares].map((share) => cssColour(relevanceColour(share, map.tone, theme))),
  }
}

// Every scale meets every record and every question, not every pair of them: a page takes a while to open.
const cases = Object.entries(records).flatMap(([record, whole], row) =>
  Object.entries(questions).map(([asked, question], column) => {
    const scale = element(scales, (row + column) % scales.length)
    return { record, asked, scale, view: exported(whole, { ...question, scale }) }
  }),
)

describe('the report says and colours what the View does', () => {
  it.each(cases)('$record, $asked, on the scale $scale', async ({ view }) => {
    expect(saidBy(await openReport(view, 'no scripts'))).toEqual(expected(view.view, 'light'))
    expect(saidBy(await openReport(view, 'light'))).toEqual(expected(view.view, 'light'))
    expect(saidBy(await openReport(view, 'dark'))).toEqual(expected(view.view, 'dark'))
  })

  it('draws two records on one scale', async () => {
    const view = exported(records['picture'], { about: tokens(1) }, { compared: explanation({ relevance }) })
    const report = await openReport(view)
    const colours = ({ map }: View) =>
      [...(map?.shares ?? [])].map((share) => cssColour(relevanceColour(share, 'colour', 'light')))
    expect(report.fills(0)).toEqual(colours(view.view))
    expect(view.beside).not.toBeNull()
    if (view.beside !== null) expect(report.fills(1)).toEqual(colours(view.beside.view))
    const [ticks, words] = [report.texts('[data-role="tick"]'), report.texts('[data-role="scale"]')]
    expect(ticks.slice(0, 5)).toEqual(ticks.slice(5))
    expect(words).toEqual(['scale: both answers', 'scale: both answers'])
  })

  it('answers from a joint pass that the record was exported with', async () => {
    const whole = explanation()
    const members = [position(0), position(13)]
    const joint = [{ members, neighbours: true, relevance: Float32Array.of(1, 2, 3), candidates: new Float32Array(15) }]
    const view = exported(whole, { without: { kind: 'patches', positions: members } }, { joint })
    const report = await openReport(view)
    expect(report.role('without')).toEqual(['Without 2 patches'])
    expect(report.texts('[data-drop] .number')).toEqual(['+1.00', '+2.00', '+3.00'])
    expect(report.role('without-words')[0]).toContain('2 suppressed together')
  })

  it('marks a smoothed map', async () => {
    const report = await openReport(exported(explanation(), {}, { smooth: true }))
    expect(report.texts('.smoothed')).toEqual(['smoothed'])
    expect(report.find('[data-part="map"]').getAttribute('filter')).toBe('url(#blur-0)')
    expect((await openReport(exported())).texts('.smoothed')).toEqual([])
  })
})

const whole = withCandidates(explanation({ relevance }))
const open = (question: Partial<Question> = {}, scheme: Theme = 'light') => openReport(exported(whole, question), scheme)
const answer = (question: Partial<Question>, view: ExportView = exported(whole)) =>
  viewOf(view.known, { ...wholeAnswer, ...question })

describe('the report at work', () => {
  it('answers about a token when it is clicked, and about several with Shift', async () => {
    const report = await open()
    expect(report.find('[data-action="whole"]').hidden).toBe(true)
    report.click('[data-token="completion-0"]')
    expect(saidBy(report)).toEqual(expected(answer({ about: tokens(0) }), 'light'))
    expect(report.find('[data-action="whole"]').hidden).toBe(false)
    report.click('[data-token="completion-1"]', true)
    expect(report.pressed()).toEqual(['three', 'cats'])
    expect(saidBy(report)).toEqual(expected(answer({ about: tokens(0, 1) }), 'light'))
    expect(report.role('detail')).toEqual(['mean of 2 tokens'])
  })

  it('answers about the whole answer when the same token is clicked again, with the button and with Escape', async () => {
    const report = await open({ about: tokens(1) })
    report.click('[data-token="completion-1"]')
    expect(report.role('title')).toEqual(['The whole answer'])
    report.click('[data-token="completion-1"]')
    report.click('[data-action="whole"]')
    expect(report.role('title')).toEqual(['The whole answer'])
    report.click('[data-token="completion-1"]')
    report.press(report.document.body, 'Escape')
    expect(report.pressed()).toEqual([])
    expect(saidBy(report)).toEqual(expected(answer({}), 'light'))
  })

  it('compares with a candidate when it is clicked, worded as odds, until it is clicked again', async () => {
    const report = await open({ about: tokens(0) })
    report.click('[data-candidate="1"]')
    expect(report.role('title')).toEqual(['why “three” and not “two”'])
    expect(saidBy(report)).toEqual(expected(answer({ about: tokens(0), against: { kind: 'candidate', place: 1 } }), 'light'))
    expect(report.texts('.rival .label')).toEqual(['two'])
    report.click('[data-candidate="1"]')
    expect(report.role('title')).toEqual(['“three”'])
  })

  it('lets a candidate go with its token', async () => {
    const report = await open({ about: tokens(0), against: { kind: 'candidate', place: 1 } })
    report.click('[data-token="completion-1"]')
    expect(report.role('title')).toEqual(['“cats”'])
  })

  it('asks in reverse when a patch is clicked; Escape lets first the patch go', async () => {
    const report = await open({ about: tokens(1) })
    report.click('[data-cell="13"]')
    const question = { about: tokens(1), without: { kind: 'patches', positions: [position(13)] } } as const
    expect(report.role('without')).toEqual(['Without row 2, column 2'])
    expect(saidBy(report)).toEqual(expected(answer(question), 'light'))
    expect(report.all('.asked')).toHaveLength(1)
    const drawn = answer(question)
    for (const { segment, index, dropShare } of drawn.tokens.filter((token) => token.dropShare !== null)) {
      const fill = report.find(`[data-token="${segment}-${index}"] rect`).getAttribute('fill')
      expect(fill).toBe(cssColour(relevanceColour(dropShare ?? Number.NaN, 'colour', 'light')))
    }
    report.press(report.document.body, 'Escape')
    expect([report.role('without'), report.role('title')]).toEqual([[''], ['“cats”']])
    report.press(report.document.body, 'Escape')
    expect(report.role('title')).toEqual(['The whole answer'])
  })

  it('steps through tokens with the arrow keys and keeps the focus', async () => {
    const report = await open()
    const first = report.find('[data-token="completion-0"]')
    first.focus()
    report.press(first, 'ArrowRight')
    expect(report.pressed()).toEqual(['cats'])
    report.press(report.find('[data-token="completion-1"]:focus'), 'End')
    expect(report.pressed()).toEqual(['.'])
  })

  it('steps through patches with the arrow keys, says what is known of them, and asks without one on Enter', async () => {
    const report = await open({ about: tokens(1) })
    const map = report.find('.map')
    for (const key of ['ArrowDown', 'ArrowDown', 'ArrowRight']) report.press(map, key)
    const said = cellSentences(answer({ about: tokens(1) }), { row: 1, column: 1 })
    expect(report.find('.spoken').textContent).toBe(`${said?.place}: ${said?.effect}, ${said?.rank}`)
    expect(said?.place).toBe('row 2, column 2')
    report.press(map, 'Enter')
    expect(report.role('without')).toEqual(['Without row 2, column 2'])
  })

  it('gives a patch’s sentences under the pointer', async () => {
    const report = await open({ about: tokens(1) })
    report.hover(13)
    const said = cellSentences(answer({ about: tokens(1) }), { row: 1, column: 1 })
    expect(report.find('.tip').hidden).toBe(false)
    expect(report.texts('.tip > *')).toEqual([said?.place, said?.effect, said?.rank])
    expect(said?.effect).toBe('+2.000 nats: 7.4× less likely without it (f 0.90, with neighbours (κ 0.70), exact)')
  })

  it('has the numbers in a table, sorted when asked', async () => {
    const report = await openReport(exported(whole, { about: tokens(1) }, { view: 'table' }))
    expect(report.all('tbody tr')).toHaveLength(144 + 6)
    expect(report.texts('tbody tr')[13]).toBe('row 2, column 2patch+2.007.4× less likely without it')
    report.click('[data-action="order"]')
    expect(report.texts('tbody tr')[0]).toBe('row 2, column 2patch+2.007.4× less likely without it')
    expect(report.find('thead [aria-sort]').getAttribute('aria-sort')).toBe('descending')
  })

  it('changes the scale of everything at once', async () => {
    const report = await open({ about: tokens(1) })
    report.click('input[value="absolute"]')
    expect(saidBy(report)).toEqual(expected(answer({ about: tokens(1), scale: 'absolute' }), 'light'))
    expect(report.role('tick').at(-1)).toBe('+2.3')
  })

  it('colours tokens by the words they belong to, and a document’s on their whole ground', async () => {
    const document = exported(records['document'], { about: tokens(0) })
    const report = await openReport(document)
    const [, is] = document.view.tokens
    expect(report.find('[data-token="prompt-1"] rect').getAttribute('fill')).toBe(
      cssColour(relevanceColour(is?.share ?? Number.NaN, 'colour', 'light')),
    )
    expect(report.all('.chip svg.ground').length).toBe(document.view.tokens.length)
    expect((await open()).all('.chip svg.ground')).toHaveLength(0)
    expect(report.texts('[data-word] .number')[0]).toBe(formatNats(2))
  })
})
