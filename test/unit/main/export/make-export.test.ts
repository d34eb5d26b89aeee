import { crc32 } from 'node:zlib'
import { fc } from '@fast-check/vitest'
import { strFromU8, unzipSync } from 'fflate'
import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { fail, failureOf } from '../../../../src/shared/contract/failure.ts'
import type { ExportRequest } from '../../../../src/shared/contract/library.ts'
import { exportedFile, exportFormats, exportRequest } from '../../../../src/shared/contract/library.ts'
import type { JointPass } from '../../../../src/shared/explanation/joint-pass.ts'
import type { Question } from '../../../../src/shared/explanation/question.ts'
import { wholeAnswer } from '../../../../src/shared/explanation/question.ts'
import { tokensAbout } from '../../../../src/shared/explanation/target-ref.ts'
import type { Explanation } from '../../../../src/shared/explanation/record.ts'
import { position } from '../../../../src/shared/values/brand.ts'
import { explanationFile } from '../../../../src/shared/explanation/file/record-file.ts'
import { openExportResources } from '../../../../src/main/export/export-resources.ts'
import type { ExportOptions, ExportSource } from '../../../../src/main/export/make-export.ts'
import { exportMaker, makeExport } from '../../../../src/main/export/make-export.ts'
import type { Provenance } from '../../../../src/main/export/data/provenance.ts'
import { provenanceFile } from '../../../../src/main/export/data/provenance.ts'
import type { Wish } from './hand-made.ts'
import { explanation } from './hand-made.ts'

const resources = await openExportResources('resources')
const id = (place: number): string => `0f8b4c1e-0000-4000-8000-${String(place).padStart(12, '0')}`

/** An entry about a white picture, or about a document. */
function source(place = 0, wish: Wish = {}, change: Partial<ExportSource> = {}): ExportSource {
  const whole = explanation(wish)
  const { picture, prompt, completion } = whole
  const createdAt = Date.UTC(2026, 0, 2, 3, 4, 6)
  return {
    entry: {
      id: id(place),
      pictureName: picture === null ? null : 'plain.png',
      prompt: prompt.text,
      completion: completion.text,
      createdAt,
      model: 'hand-made',
    },
    explanation: async () => whole,
    picture: async () => (picture === null ? null : { width: 2, height: 2, data: new Uint8Array(12).fill(255) }),
    ...change,
  }
}

function options(format: ExportRequest['format'], change: Partial<ExportOptions> = {}): ExportOptions {
  const { signal } = new AbortController()
  const display = { theme: 'light', smooth: false, view: 'map' } as const
  const entry = (): ExportSource => fail('entry-missing', {})
  return { format, question: wholeAnswer, display, version: '1.2.3', signal, entry, ...change }
}

const about = (...tokens: number[]): Question => ({
  ...wholeAnswer,
  about: tokensAbout(tokens.map((index) => ({ segment: 'completion', index }))),
})

const failureFrom = async (work: Promise<unknown>) => failureOf(await work.then(() => null).catch((error: unknown) => error))

/** Texts of a PNG by keyword; a wrong checksum is an error. */
function textsOf(png: Uint8Array): Record<string, string> {
  const bytes = Buffer.from(png)
  const texts: Record<string, string> = {}
  for (let at = 8; at < bytes.length; at += bytes.readUInt32BE(at) + 12) {
    const data = bytes.subarray(at + 8, at + 8 + bytes.readUInt32BE(at))
    expect(crc32(bytes.subarray(at + 4, at + 8 + data.length))).toBe(bytes.readUInt32BE(at + 8 + data.length))
    if (bytes.toString('latin1', at + 4, at + 8) !== 'iTXt') continue
    const end = data.indexOf(0)
    texts[data.toString('latin1', 0, end)] = data.toString('utf8', end + 5)
  }
  return texts
}

const unescaped = (text: string): string =>
  text.replaceAll('&quot;', '"').replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&#39;', "'").replaceAll('&amp;', '&')

/** The block as a reader of each format finds it. */
function provenanceIn(format: ExportRequest['format'], bytes: Uint8Array): Provenance {
  const text = Buffer.from(bytes).toString()
  const found = {
    png: () => textsOf(bytes)['Description'],
    png2x: () => textsOf(bytes)['Description'],
    sheet: () => textsOf(bytes)['Description'],
    svg: () => unescaped(/<metadata>(.*)<\/metadata>/s.exec(text)?.[1] ?? ''),
    html: () =>
      JSON.stringify((JSON.parse(/id="report">(.*?)<\/script>/s.exec(text)?.[1] ?? '') as { provenance: unknown }).provenance),
    json: () => JSON.stringify((JSON.parse(text) as { provenance: unknown }).provenance),
    csv: () => /"(\{.*\})"\r\n/.exec(text)?.[1]?.replaceAll('""', '"'),
  }[format]()
  return provenanceFile.parse(JSON.parse(found ?? ''))
}

describe.each(exportFormats)('%s', (format) => {
  it('is what the contract promises and tells all of where it comes from', async () => {
    const made = await makeExport([source()], options(format, { question: { ...about(1), scale: 'token' } }), resources)
    expect(exportedFile.parse(made)).toEqual(made)
    expect(provenanceIn(format, made.bytes)).toMatchObject({
      generator: { name: 'whence', version: '1.2.3' },
      entry: id(0),
      model: { name: 'hand-made', sha256: 'ab'.repeat(32) },
      picture: { name: 'plain.png', sha256: '0123456789abcdef'.repeat(4) },
      prompt: 'This is a picture of',
      target: format === 'sheet' ? { tokens: [0, 1, 2] } : { segment: 'completion', tokens: [1], text: ' cats' },
      variant: 'shifted',
      f: 0.9,
      kappa: 0.7,
      neighbourhood: true,
      layers: null,
      scale: 'token',
    })
  })

  it('keeps hostile texts as texts', async () => {
    const texts = ['</metadata><script>', '"\u0000\u202E', "=cmd|' /C calc'!A0", ']]>&amp;']
    const made = await makeExport([source(0, { prompt: texts, completion: texts })], options(format), resources)
    expect(provenanceIn(format, made.bytes).completion.slice(0, 19)).toBe('</metadata><script>')
    if (format === 'svg') expect(Buffer.from(made.bytes).toString()).not.toMatch(/<script/)
  })

  it('is made of a document, too', async () => {
    const made = await makeExport(
      [source(0, { picture: null })],
      options(format, { display: { theme: 'dark', smooth: false, view: 'map' } }),
      resources,
    )
    expect(provenanceIn(format, made.bytes).picture).toBeNull()
  })
})

describe('an exported picture', () => {
  it.each([
    ['png', 1],
    ['png2x', 2],
    ['sheet', 1.5],
  ] as const)('%s has %s pixels per unit', async (format, zoom) => {
    const { width, height } = await sharp((await makeExport([source()], options(format), resources)).bytes).metadata()
    const svg = Buffer.from((await makeExport([source()], options('svg'), resources)).bytes).toString()
    expect(width).toBe(1200 * zoom)
    if (format !== 'sheet') expect(height).toBe(Number(/height="(\d+)"/.exec(svg)?.[1]) * zoom)
  })

  it('shows all tokens as one when none is chosen', async () => {
    const svg = Buffer.from((await makeExport([source()], options('svg'), resources)).bytes).toString()
    expect(svg).toContain('>mean of 3 tokens<')
    expect(svg).toContain('>The whole answer<')
  })

  it('has texts as texts, with typefaces that others have', async () => {
    const svg = Buffer.from((await makeExport([source()], options('svg'), resources)).bytes).toString()
    expect(svg).toMatch(/font-family="Inter, system-ui, .*sans-serif"/)
    expect(svg).toMatch(/<text [^>]*>cats<\/text>/)
  })
})

describe('the numbers', () => {
  it('are the file of the command line with provenance', async () => {
    const made = await makeExport([source()], options('json'), resources)
    const file = explanationFile.parse(JSON.parse(strFromU8(made.bytes)))
    expect(Float32Array.from(file.relevance.flat())).toEqual(explanation().relevance.values)
  })

  it('ask for no picture', async () => {
    const picture = () => fail('picture-forgotten', {})
    for (const format of ['json', 'csv'] as const) await makeExport([source(0, {}, { picture })], options(format), resources)
  })
})

describe('the name of an exported file', () => {
  it.each([
    ['png', 'plain-cats.png'],
    ['png2x', 'plain-cats@2x.png'],
    ['svg', 'plain-cats.svg'],
    ['sheet', 'plain-three-cats-tokens.png'],
    ['html', 'plain-three-cats.html'],
    ['json', 'plain-three-cats.json'],
    ['csv', 'plain-three-cats.csv'],
  ] as const)('of %s is %s', async (format, name) => {
    expect((await makeExport([source()], options(format, { question: about(1) }), resources)).name).toBe(name)
  })
})

describe('several entries', () => {
  it('come as an archive of files with different names', async () => {
    const sources = [source(0), source(1), source(2, { picture: null }), source(3, { completion: [' Three', ' cats', '.'] })]
    const { name, mime, bytes } = await makeExport(sources, options('json'), resources)
    const files = unzipSync(bytes)
    expect([name, mime]).toEqual(['whence-4-explanations.zip', 'application/zip'])
    expect(Object.keys(files)).toEqual([
      'plain-three-cats.json',
      'plain-three-cats-2.json',
      'three-cats.json',
      'plain-Three-cats-3.json',
    ])
    const entries = Object.values(files).map((file) => provenanceIn('json', file).entry)
    expect(entries).toEqual([0, 1, 2, 3].map(id))
  })

  it('hold the same files as one by one', async () => {
    const alone = await makeExport([source(1)], options('png'), resources)
    const files = unzipSync((await makeExport([source(0), source(1)], options('png'), resources)).bytes)
    expect(Buffer.from(files['plain-three-cats-2.png'] ?? []).equals(Buffer.from(alone.bytes))).toBe(true)
  })

  it('leave out those that cannot be exported, and say so', async () => {
    const gone = source(1, {}, { explanation: async () => fail('entry-numbers-gone', { model: 'small' }) })
    const files = unzipSync((await makeExport([source(0), gone], options('csv'), resources)).bytes)
    expect(Object.keys(files)).toEqual(['plain-three-cats.csv', 'not-exported.txt'])
    expect(strFromU8(files['not-exported.txt'] ?? new Uint8Array())).toMatch(
      /^plain\.png: .*three cats\.\n {4}The numbers of this entry are no longer kept/,
    )
  })

  it('fail when none can be exported', async () => {
    const gone = source(1, {}, { explanation: async () => fail('entry-numbers-gone', { model: 'small' }) })
    expect((await failureFrom(makeExport([gone, gone], options('csv'), resources)))?.code).toBe('entry-numbers-gone')
  })

  it('stop when nobody waits any more', async () => {
    const controller = new AbortController()
    const first = source(0, {}, { explanation: async () => (controller.abort(), explanation()) })
    const second = source(1, {}, { explanation: async () => Promise.reject(new Error('nobody asked')) })
    const work = makeExport([first, second], options('json', { signal: controller.signal }), resources)
    expect((await failureFrom(work))?.code).toBe('cancelled')
  })

  it('never have a name that leaves the folder, is a device, or is too long', async () => {
    const texts = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 200 }),
      fc.constantFrom('../../x', 'CON', 'a\\b', '\u202Egnp', 'x'.repeat(300)),
    )
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(texts, texts), { minLength: 2, maxLength: 4 }), async (pairs) => {
        const sources = pairs.map(([pictureName, said], place) => {
          const made = source(place, { completion: [said] })
          return { ...made, entry: { ...made.entry, pictureName } }
        })
        const names = Object.keys(unzipSync((await makeExport(sources, options('csv'), resources)).bytes))
        expect(new Set(names.map((name) => name.toLowerCase())).size).toBe(pairs.length)
        for (const name of names) {
          expect(name).toMatch(/^[\p{L}\p{N}\p{M}][\p{L}\p{N}\p{M}-]*\.csv$/u)
          expect(Buffer.byteLength(name)).toBeLessThanOrEqual(120)
        }
      }),
      { numRuns: 50 },
    )
  })
})

describe('what cannot be exported', () => {
  it('is a token that the completion has not', async () => {
    expect(await failureFrom(makeExport([source()], options('png', { question: about(7) }), resources))).toEqual({
      code: 'token-out-of-range',
      data: { token: 7, tokens: 3 },
    })
  })

  it('is named by its own failure when it is alone', async () => {
    const gone = source(0, {}, { picture: async () => fail('picture-forgotten', {}) })
    expect((await failureFrom(exportMaker('resources')([gone], options('svg'))))?.code).toBe('picture-forgotten')
  })
})

describe('a question about an entry', () => {
  const part = { kind: 'patches', positions: [3, 4].map(position) } as const
  const pass = (of: Explanation): JointPass => ({
    members: part.positions,
    neighbours: true,
    relevance: Float32Array.from(of.targets, (_, column) => column + 1),
    candidates: new Float32Array(5 * of.targets.length),
  })
  const svgOf = async (from: ExportSource, change: Partial<ExportOptions>): Promise<string> =>
    Buffer.from((await makeExport([from], options('svg', change), resources)).bytes).toString()

  it('is asked of the other entry, too, when two are compared', async () => {
    const other = source(1, { completion: [' a', ' dog'] })
    const against = { kind: 'record', entry: id(1), about: about(1).about } as const
    const asked: string[] = []
    const entry = (wanted: string): ExportSource => (asked.push(wanted), other)
    const svg = await svgOf(source(), { question: { ...about(1), against }, entry })
    expect(asked).toEqual([id(1)])
    expect(svg.match(/data-role="title"><text [^>]*>[^<]*/g)?.map((text) => text.replace(/.*>/, ''))).toEqual(['“cats”', '“dog”'])
    expect(svg.match(/<image id=/g)).toHaveLength(2)
  })

  it('runs the pass of a part that no input of the record is', async () => {
    const asked: unknown[] = []
    const whole = explanation()
    const from = source(0, {}, { joint: async (wanted) => (asked.push(wanted), pass(whole)) })
    const svg = await svgOf(from, { question: { ...about(1), without: part } })
    expect(asked).toEqual([part])
    expect(svg).toContain('2 suppressed together')
    expect(svg).toContain('>+3.00<')
  })

  it('runs none for a part that is an input', async () => {
    const joint = () => Promise.reject(new Error('nothing is to be computed'))
    const without = { kind: 'patches', positions: [position(3)] } as const
    expect(await svgOf(source(0, {}, { joint }), { question: { ...about(1), without } })).toContain('Without row 1, column 4')
  })

  it('fails where a pass is needed and nothing can be computed', async () => {
    const work = makeExport([source()], options('svg', { question: { ...about(1), without: part } }), resources)
    expect((await failureFrom(work))?.code).toBe('entry-numbers-gone')
  })

  it.each([
    ['a candidate that there is not', { ...about(0, 1), against: { kind: 'candidate', place: 1 } }],
    ['a part outside', { ...about(0), without: { kind: 'patches', positions: [position(4000)] } }],
    ['a word as a patch', { ...about(0), without: { kind: 'patches', positions: [position(145)] } }],
    ['a part in disorder', { ...about(0), without: { kind: 'patches', positions: [4, 3].map(position) } }],
    ['no part', { ...about(0), without: { kind: 'text', positions: [] } }],
  ] as [string, Question][])('is refused with %s', async (_, question) => {
    expect((await failureFrom(makeExport([source()], options('svg', { question }), resources)))?.code).toBe('request-invalid')
  })

  it('can only be about the whole answers of several entries', () => {
    const display = { theme: 'light', smooth: false, view: 'map' }
    const request = (question: Question, ...entries: string[]) => ({ entries, format: 'png', question, display })
    expect(exportRequest.safeParse(request(about(1), id(0))).success).toBe(true)
    expect(exportRequest.safeParse(request(wholeAnswer, id(0), id(1))).success).toBe(true)
    expect(exportRequest.safeParse(request(about(1), id(0), id(1))).success).toBe(false)
    expect(exportRequest.safeParse(request({ ...wholeAnswer, without: part }, id(0), id(1))).success).toBe(false)
  })
})

describe('the view in the middle of the window', () => {
  const shown = async (view: ExportOptions['display']['view'], wish: Wish = {}, question = wholeAnswer): Promise<string> => {
    const display = { theme: 'light', smooth: false, view } as const
    return Buffer.from((await makeExport([source(0, wish)], options('svg', { display, question }), resources)).bytes).toString()
  }

  it('is the matrix: a line per token, a cell per input that stands before it', async () => {
    const svg = await shown('matrix', { prompt: ['A', ' b'], completion: [' c', ' d'] })
    expect([...svg.matchAll(/data-target="([^"]*)"/g)].map(([, name]) => name)).toEqual(['completion-0', 'completion-1'])
    // 144 patches and two words before the first token, one word more before the second.
    expect(svg.match(/data-cell=/g)).toHaveLength(146 + 147)
  })

  it('is the table: the explained tokens, strongest part of the first of them first, unread parts last', async () => {
    const relevance: Wish['relevance'] = ({ index, text }, target) => (text === ' d' ? 99 : index + target.index / 100)
    const svg = await shown('table', { picture: null, prompt: ['A', ' b'], completion: [' c', ' d', ' e'], relevance }, about(1))
    const rows = [...svg.matchAll(/<g data-input="(\d+)">(.*?)<\/g>/g)].map(([, row, cells = '']) => [
      row,
      ...[...cells.matchAll(/>([^<]+)<\/text>/g)].map(([, text]) => text),
    ])
    expect(rows).toEqual([
      ['2', 'c', 'token', '+2.010'],
      ['1', 'b', 'token', '+1.010'],
      ['0', 'A', 'token', '+0.010'],
      ['3', 'd', 'token', '–'],
    ])
  })

  it('says how much of a long table it leaves out', async () => {
    expect(await shown('table')).toContain('>first 60 of 151 rows<')
  })
})
