import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { ramp } from '../../../../../src/shared/colour/ramp.ts'
import { over } from '../../../../../src/shared/colour/rgba.ts'
import type { Theme } from '../../../../../src/shared/colour/ramp.ts'
import type { Rgb } from '../../../../../src/shared/colour/rgba.ts'
import { annotatedPng, pixelsPerUnit } from '../../../../../src/main/export/drawing/annotated-png.ts'
import { annotatedSvg, contactSvg } from '../../../../../src/main/export/drawing/annotated-svg.ts'
import type { SheetSource } from '../../../../../src/main/export/drawing/sheet.ts'
import { headerHeight, margin, sheetWidth } from '../../../../../src/main/export/drawing/sheet.ts'
import { openTypeface } from '../../../../../src/main/export/drawing/text/typeface.ts'
import { sheetSource } from '../../../../../src/main/export/export-content.ts'
import { askedAgain, exportView } from '../../../../../src/main/export/export-view.ts'
import type { Scale } from '../../../../../src/shared/explanation/question.ts'
import { wholeAnswer } from '../../../../../src/shared/explanation/question.ts'
import { tokensAbout } from '../../../../../src/shared/explanation/target-ref.ts'
import type { Explanation } from '../../../../../src/shared/explanation/record.ts'
import type { Wish } from '../hand-made.ts'
import { explanation } from '../hand-made.ts'

const typeface = await openTypeface('resources/fonts')
const hostile = ['<script>alert(1)</script>', '"/><image href="x"/>', ' &amp; ]]>', '\u0000\uD800\u202E']

/** A sheet about a plain white picture of some size. */
async function source(wish: Wish, look: { readonly scale?: Scale; readonly theme?: Theme } = {}): Promise<SheetSource> {
  return sourceOf(explanation(wish), look)
}

async function sourceOf(
  whole: Explanation,
  { theme = 'light', scale = 'answer' }: { readonly scale?: Scale; readonly theme?: Theme } = {},
): Promise<SheetSource> {
  const size = whole.picture
  const image =
    size === null
      ? null
      : { width: size.width, height: size.height, data: new Uint8Array(size.width * size.height * 3).fill(255) }
  const record = { explanation: whole, joint: [], image, name: size === null ? '' : 'plain.png' }
  const display = { theme, smooth: false, view: 'map' } as const
  const question = { ...wholeAnswer, scale }
  return sheetSource(exportView({ record, question, compared: null, display, entry: null, version: '1.2.3' }), typeface)
}

/** The drawing of the targets in some columns; the contact sheet for none. */
async function drawn(from: SheetSource, ...columns: number[]) {
  const refs = from.view.explanation.targets
    .filter((_, column) => columns.includes(column))
    .map(({ segment, index }) => ({ segment, index }))
  const view = askedAgain(from.view, { ...from.view.question, about: tokensAbout(refs) })
  const svg = columns.length === 0 ? contactSvg(from) : annotatedSvg({ ...from, view })
  const { data, info } = await sharp(await annotatedPng(svg, typeface))
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true })
  const pixel = (x: number, y: number): Rgb => {
    const at = (Math.round(y * pixelsPerUnit) * info.width + Math.round(x * pixelsPerUnit)) * 3
    return [data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0]
  }
  return { svg, pixel, ...info }
}

/** Where the map of a token's sheet lies for a square picture: 720 units high, in the middle of the 788 beside the inspector. */
const map = { left: margin + (sheetWidth - 356 - 2 * margin - 720) / 2, top: headerHeight + margin, edge: 720 }
const centreOf = (row: number, column: number): [number, number] => [
  map.left + ((column + 0.5) / 12) * map.edge,
  map.top + ((row + 0.5) / 12) * map.edge,
]

const near = (colour: Rgb, expected: Rgb) => Math.max(...colour.map((value, at) => Math.abs(value - (expected[at] ?? 0)))) <= 2

describe('a token’s picture', () => {
  it('shows warm where the input supports, cool where it opposes and the picture elsewhere', async () => {
    const relevance: Wish['relevance'] = ({ row, column }) =>
      row === 2 && column === 3 ? 2 : row === 8 && column === 9 ? -2 : row === 5 ? 1 : 0
    const { pixel } = await drawn(await source({ relevance }), 0)
    expect(near(pixel(...centreOf(2, 3)), over(ramp(1, 'light'), [255, 255, 255]))).toBe(true)
    expect(near(pixel(...centreOf(8, 9)), over(ramp(-1, 'light'), [255, 255, 255]))).toBe(true)
    expect(near(pixel(...centreOf(5, 5)), over(ramp(0.5, 'light'), [255, 255, 255]))).toBe(true)
    expect(near(pixel(...centreOf(10, 1)), [255, 255, 255])).toBe(true)
  })

  it('has one scale for all tokens of the answer', async () => {
    const relevance: Wish['relevance'] = ({ row }, { index }) => (row === null ? 1 : index === 0 ? 2 : 1)
    const { pixel } = await drawn(await source({ relevance }), 1)
    expect(near(pixel(...centreOf(6, 6)), over(ramp(0.5, 'light'), [255, 255, 255]))).toBe(true)
  })

  it('dims what was cut off and colours only what the model saw', async () => {
    const { pixel } = await drawn(await source({ picture: { width: 1000, height: 500 }, relevance: () => 1 }), 0)
    const [width, top] = [788, headerHeight + margin]
    const at = (share: number): [number, number] => [margin + share * width, top + width / 4 - 3]
    expect(near(pixel(...at(0.1)), [247, 247, 246])).toBe(true)
    expect(near(pixel(...at(0.53)), over(ramp(1, 'light'), [255, 255, 255]))).toBe(true)
    expect(near(pixel(...at(0.9)), [247, 247, 246])).toBe(true)
  })

  it('is as wide as every sheet and says what it shows', async () => {
    const { svg, width } = await drawn(await source({ completion: [' three', ' cats'] }), 1)
    expect(width).toBe(sheetWidth * pixelsPerUnit)
    for (const said of [
      'hand-made',
      'plain.png',
      '“cats”',
      'shifted',
      '0.90',
      '0.70',
      '1.2.3',
      '0123456789ab',
      'this answer',
      'log-probability',
    ])
      expect(svg).toContain(said)
  })

  it('does not say that the model looked anywhere', async () => {
    expect((await drawn(await source({}), 0)).svg).not.toMatch(/look|attend(s|ed)|focus/i)
  })
})

describe('a picture of several tokens', () => {
  it('has the mean of their relevance, on a scale of its own', async () => {
    const relevance: Wish['relevance'] = ({ row }, { index }) => (row === 3 ? ([2, 0, 2][index] ?? 0) : 0)
    const { pixel, svg } = await drawn(await source({ relevance }), 0, 1)
    expect(near(pixel(...centreOf(3, 3)), over(ramp(1, 'light'), [255, 255, 255]))).toBe(true)
    expect(svg).toContain('scale: this mean')
    expect(svg).toContain('>“three cats”<')
    expect(svg).toContain('mean of 2 tokens')
    expect(svg).not.toContain('CANDIDATES')
  })
})

describe('a scale', () => {
  const relevance: Wish['relevance'] = ({ row }, { index }) => (row === 3 ? ([4, 1, 0][index] ?? 0) : 0)
  it.each([
    ['answer', 0.25, 'this answer'],
    ['token', 1, 'this token'],
    ['absolute', 1 / Math.LN10, 'absolute'],
  ] as const)('%s sets the colours and is named', async (scale, share, words) => {
    const { pixel, svg } = await drawn(await source({ relevance }, { scale }), 1)
    expect(near(pixel(...centreOf(3, 3)), over(ramp(share, 'light'), [255, 255, 255]))).toBe(true)
    expect(svg).toContain(`scale: ${words}`)
  })
})

describe('a dark picture', () => {
  it('dims the picture, wears the dark colours and is as readable', async () => {
    const relevance: Wish['relevance'] = ({ row }) => (row === 3 ? 2 : 0)
    const { pixel } = await drawn(await source({ relevance }, { theme: 'dark' }), 0)
    const grey = pixel(...centreOf(10, 1))
    expect(near(grey, [139, 139, 139])).toBe(true)
    expect(near(pixel(...centreOf(3, 3)), over(ramp(1, 'dark'), grey))).toBe(true)
    expect(near(pixel(4, headerHeight + 6), [20, 20, 22])).toBe(true)
  })
})

describe('the picture of a whole completion', () => {
  it('has a map for every token and one of them all', async () => {
    const { svg } = await drawn(await source({ completion: [' three', ' cats', ' and', ' dogs', '.'] }))
    expect(svg.match(/<use /g)).toHaveLength(6)
    expect(svg.match(/<image /g)).toHaveLength(1)
  })

  it('says where nothing is clear instead of amplifying noise', async () => {
    const { svg } = await drawn(await source({ relevance: (input, { index }) => (index === 0 ? 1 : 0.01) }))
    expect(svg.match(/no clear relevance/g)).toHaveLength(2)
  })
})

describe.each([
  ['a picture', { width: 300, height: 200 }],
  ['a document', null],
])('texts with marks, about %s,', (_, picture) => {
  it.each([[[0]], [[0, 2]], [[]]])('stay texts (tokens %j)', async (columns) => {
    const { svg, width, height } = await drawn(
      await source({ picture, prompt: hostile, completion: hostile, allTargets: true }),
      ...columns,
    )
    expect(svg).not.toMatch(/<script|<image href|\u0000|href="(?!#|data:image\/png;base64,)/)
    expect(Math.min(width, height)).toBeGreaterThan(400)
  })
})

describe('a document', () => {
  it('is drawn also when nothing of it was suppressed', async () => {
    const whole = explanation({ picture: null })
    const bare = { ...whole, inputs: [], relevance: { ...whole.relevance, inputs: 0, values: new Float32Array(0) } }
    const { svg } = await drawn(await sourceOf(bare))
    expect(svg).toContain('no clear relevance')
  })
})
