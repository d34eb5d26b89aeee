import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { annotatedSvg } from '../../../../../src/main/export/drawing/annotated-svg.ts'
import { penOf } from '../../../../../src/main/export/drawing/text/pen.ts'
import { openTypeface } from '../../../../../src/main/export/drawing/text/typeface.ts'
import type { ExportView } from '../../../../../src/main/export/export-view.ts'
import { exportView } from '../../../../../src/main/export/export-view.ts'
import type { Theme } from '../../../../../src/shared/colour/ramp.ts'
import { relevanceColour, themes } from '../../../../../src/shared/colour/ramp.ts'
import type { JointPass } from '../../../../../src/shared/explanation/joint-pass.ts'
import { formatNats } from '../../../../../src/shared/explanation/numbers.ts'
import type { Question } from '../../../../../src/shared/explanation/question.ts'
import { scales, wholeAnswer } from '../../../../../src/shared/explanation/question.ts'
import { tokensAbout } from '../../../../../src/shared/explanation/target-ref.ts'
import type { Explanation } from '../../../../../src/shared/explanation/record.ts'
import type { View } from '../../../../../src/shared/explanation/view.ts'
import { cellSentences } from '../../../../../src/shared/explanation/view/sentences.ts'
import { position } from '../../../../../src/shared/values/brand.ts'
import { readRecording } from '../../../../helpers/renderer/recorded-answers.ts'
import { explanation } from '../hand-made.ts'
import { cellColours, marked, said, sides } from './drawn-svg.ts'

const typeface = await openTypeface('resources/fonts')
const recording = readRecording(gunzipSync(readFileSync('test/fixtures/renderer/answers.json.gz')).toString())
const recorded = (name: string): Explanation => {
  const found = recording.answers.find((answer) => answer.name === name)
  if (found === undefined) throw new Error(`there is no recording of ${name}`)
  return found.explanation
}

const weak = explanation({ relevance: ({ row }, { index }) => (row === 3 ? 0.05 : 0.01) * (index - 1) })
const records: Readonly<Record<string, Explanation>> = {
  'a recorded picture': recorded('cats'),
  'a recorded question': recorded('cars'),
  'a hand-made picture of which nothing is clear': weak,
  'a hand-made document': explanation({ picture: null, completion: [' because', ' the', ' the', '.'] }),
}

const token = (...places: number[]): Question['about'] => tokensAbout(places.map((index) => ({ segment: 'completion', index })))

/** Questions that a record can be asked, by name. */
function questions(record: Explanation): Readonly<Record<string, Omit<Question, 'scale'>>> {
  const { scale: _, ...whole } = wholeAnswer
  const patches = record.inputs.flatMap(({ kind, members }) => (kind === 'patch' ? members : []))
  const word = record.inputs.find(({ segment }) => segment === 'prompt')?.members ?? []
  const last = record.completion.tokens.length - 1
  return {
    token: { ...whole, about: token(last) },
    span: { ...whole, about: token(...[0, 1].filter((place) => place <= last)) },
    whole,
    'why not': { ...whole, about: token(0), against: { kind: 'candidate', place: 1 } },
    word: { ...whole, about: token(0), without: { kind: 'text', positions: word } },
    ...(patches.length === 0
      ? {}
      : {
          cell: { ...whole, about: token(0), without: { kind: 'patches', positions: patches.slice(17, 18) } },
          lasso: { ...whole, about: token(0), without: { kind: 'patches', positions: patches.slice(17, 21) } },
        }),
  }
}

/** A pass in which some positions were suppressed together, and every target lost something else. */
function jointPass({ targets }: Explanation, members: readonly number[]): JointPass {
  return {
    members: members.map(position),
    neighbours: true,
    relevance: Float32Array.from(targets, (_, column) => 2 - column),
    candidates: new Float32Array(5 * targets.length),
  }
}

function asked(record: Explanation, question: Question, theme: Theme, change: Partial<ExportView['display']> = {}): ExportView {
  const joint = question.without === null ? [] : [jointPass(record, question.without.positions)]
  const display = { theme, smooth: false, view: 'map', ...change } as const
  const other = { explanation: recorded('safari'), joint: [], image: null, name: 'safari.png' }
  const compared = question.against.kind === 'record' ? other : null
  const mine = { explanation: record, joint, image: null, name: 'x.png' }
  return exportView({ record: mine, question, compared, display, entry: null, version: '1.2.3' })
}

function drawn(view: ExportView): string {
  const picture = ({ picture: size }: Explanation) =>
    size === null ? null : { width: size.width, height: size.height, href: 'data:image/png;base64,' }
  const beside = view.beside === null ? null : picture(view.beside.explanation)
  return annotatedSvg({ view, picture: picture(view.explanation), beside, pen: penOf(typeface, view.display.theme) })
}

/** Colours that a view gives its cells, as an SVG writes them. */
function expectedColours({ map }: View, theme: Theme): Map<number, string> {
  const colours = new Map<number, string>()
  map?.values.forEach((nats, place) => {
    if (Number.isNaN(nats)) return
    const [red, green, blue, alpha] = relevanceColour(map.shares[place] as number, map.tone, theme)
    const hex = [red, green, blue].map((part) => part.toString(16).padStart(2, '0')).join('')
    // Three digits, of which the drawing keeps what two decimals allow above 1 and four below.
    colours.set(place, `#${hex} ${Number(alpha.toFixed(3))}`)
  })
  return colours
}

/** Numbers as bars show them: the strongest first. */
function strongest(parts: readonly { readonly nats: number; readonly label: string }[], most: number): string[][] {
  return [...parts]
    .sort((one, other) => Math.abs(other.nats) - Math.abs(one.nats))
    .slice(0, most)
    .map(({ label, nats }) => [label, formatNats(nats)])
}

/** Label and number of bars; long labels are cut with an ellipsis. */
function bars(svg: string, mark: string): string[][] {
  return marked(svg, mark).map(([, texts]) => texts)
}

function expectHeads(svg: string, view: View): void {
  expect(said(svg, 'title')).toEqual([view.title])
  expect(said(svg, 'detail')).toEqual([view.detail])
  expect(said(svg, 'note')).toEqual(view.notes)
}

function expectLegend(svg: string, { scale }: View): void {
  expect(said(svg, 'tick')).toEqual(scale.ticks.map(({ label }) => label))
  expect(said(svg, 'unit')).toEqual([scale.unit])
  expect(said(svg, 'scale')).toEqual([scale.words])
}

describe.each(Object.entries(records))('%s', (_, record) => {
  describe.each(Object.entries(questions(record)))('asked about a %s', (_name, about) => {
    it.each(scales.flatMap((scale) => themes.map((theme) => [scale, theme] as const)))(
      'is drawn as its view has it, on the scale “%s” in %s colours',
      (scale, theme) => {
        const view = asked(record, { ...about, scale }, theme)
        const svg = drawn(view)
        expectHeads(svg, view.view)
        expectLegend(svg, view.view)
        expect(cellColours(svg)).toEqual(expectedColours(view.view, theme))
        expect(bars(svg, 'word')).toEqual(strongest(view.view.words, 7))
        const { without, candidates } = view.view
        expect(said(svg, 'without')).toEqual(without === null ? [] : [without.title])
        expect(said(svg, 'how')).toEqual(without === null ? [] : [without.words])
        expect(bars(svg, 'drop')).toEqual(strongest(without?.drops ?? [], 8))
        expect(marked(svg, 'candidate').map(([, [, written]]) => written)).toEqual(candidates.map(({ written }) => written))
      },
    )
  })
})

describe('the strongest patch', () => {
  it('has the place and the sentence of the view: number, f, neighbours, exactness', () => {
    const view = asked(recorded('cats'), { ...wholeAnswer, about: token(1) }, 'light')
    const sentences = cellSentences(view.view, { row: 4, column: 4 })
    expect(said(drawn(view), 'effect')).toEqual([sentences?.effect])
    expect(said(drawn(view), 'place')).toEqual(['row 5, column 5'])
    expect(sentences?.effect).toMatch(/^\+4\.063 nats: .*\(f 0\.90, with neighbours \(κ 0\.70\), exact\)$/)
  })

  it('is not named where nothing is clear', () => {
    const svg = drawn(asked(weak, { ...wholeAnswer, about: token(0) }, 'light'))
    expect(said(svg, 'effect')).toEqual([])
    expect(said(svg, 'note')).toEqual(['no clear relevance'])
  })
})

describe('a reverse question', () => {
  const cats = recorded('cats')
  const places = [17, 18, 29]
  const without = { kind: 'patches', positions: places.map(position) } as const

  it('outlines its patches as one', () => {
    const svg = drawn(asked(cats, { ...wholeAnswer, without }, 'light'))
    const [, line = ''] = /d="([^"]*)"[^>]*data-role="part"/.exec(svg) ?? []
    // Two cells beside each other and one below have 8 outer edges.
    expect(line.match(/M/g)).toHaveLength(8)
  })

  it('tints the tokens that stand after it', () => {
    const svg = drawn(asked(cats, { ...wholeAnswer, without }, 'light'))
    expect(svg.match(/data-tinted="true"/g)).toHaveLength(cats.targets.length)
    expect(drawn(asked(cats, wholeAnswer, 'light'))).not.toContain('data-tinted')
  })
})

describe('the question why not', () => {
  it('marks the token that it is compared with', () => {
    const question: Question = { ...wholeAnswer, about: token(1), against: { kind: 'candidate', place: 2 } }
    const svg = drawn(asked(recorded('cats'), question, 'light'))
    expect(svg.match(/data-candidate="2" data-compared="true"/g)).toHaveLength(1)
    expect(svg.match(/data-compared/g)).toHaveLength(1)
  })
})

describe('a comparison', () => {
  const against = { kind: 'record', entry: '0f8b4c1e-0000-4000-8000-000000000000', about: token(1) } as const
  it.each(scales.flatMap((scale) => themes.map((theme) => [scale, theme] as const)))(
    'draws both answers on one scale (%s, %s)',
    (scale, theme) => {
      const view = asked(recorded('cats'), { about: token(1), against, without: null, scale }, theme)
      const svg = drawn(view)
      const [first, second] = sides(svg) as [string, string]
      const other = view.beside?.view as View
      expectHeads(first, view.view)
      expectHeads(second, other)
      expect(said(first, 'summary')).toEqual([view.view.summary])
      expect(said(second, 'summary')).toEqual([other.summary])
      expect(cellColours(first)).toEqual(expectedColours(view.view, theme))
      expect(cellColours(second)).toEqual(expectedColours(other, theme))
      expectLegend(svg, view.view)
      expectLegend(svg, other)
    },
  )
})

describe('a smooth map', () => {
  it.each(themes)('is one pixel per cell in the colours of the view (%s)', async (theme) => {
    const view = asked(recorded('cats'), { ...wholeAnswer, about: token(1) }, theme, { smooth: true })
    const svg = drawn(view)
    const [, png = ''] = /href="data:image\/png;base64,([^"]+)" data-role="smooth"/.exec(svg) ?? []
    const { data, info } = await sharp(Buffer.from(png, 'base64')).raw().toBuffer({ resolveWithObject: true })
    expect([info.width, info.height, info.channels]).toEqual([12, 12, 4])
    const expected = [...(view.view.map?.shares ?? [])].flatMap((share) => {
      const [red, green, blue, alpha] = relevanceColour(share, 'colour', theme)
      return [red, green, blue, Math.round(alpha * 255)]
    })
    expect([...data]).toEqual(expected)
    expect(svg).toContain('smoothed')
    expect(cellColours(svg).size).toBe(0)
  })
})
