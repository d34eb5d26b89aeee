import { createHash } from 'node:crypto'
import { fc, it } from '@fast-check/vitest'
import type { Page } from 'jsdom'
import { JSDOM } from 'jsdom'
import { describe, expect } from 'vitest'
import { htmlReport } from '../../../../../src/main/export/report/html-report.ts'
import type { Provenance } from '../../../../../src/main/export/data/provenance.ts'
import type { ReportData } from '../../../../../src/shared/report/report-data.ts'
import { explanation } from '../hand-made.ts'
import { exported, openReport, page } from './open-report.ts'

const report = async () => (await openReport(exported(), 'no scripts')).html

const dataOf = (html: string) =>
  JSON.parse(/id="report">(.*?)<\/script>/s.exec(html)?.[1] ?? '') as ReportData & { readonly provenance: Provenance }

describe('the report', () => {
  it('lets nothing run but its own script and style, known by their hashes', async () => {
    const { document } = new JSDOM(await report()).window
    const policy = document.querySelector('meta[http-equiv="Content-Security-Policy"]')?.getAttribute('content') ?? ''
    const hash = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`
    const scripts = [...document.querySelectorAll('script:not([type="application/json"])')]
    expect(scripts.map(({ textContent }) => hash(textContent))).toEqual([/script-src (\S+);/.exec(policy)?.[1]])
    expect(hash(document.querySelector('style')?.textContent ?? '')).toBe(/style-src (\S+);/.exec(policy)?.[1])
    expect(policy).toMatch(/^default-src 'none'; .*img-src data:; base-uri 'none'; form-action 'none'$/)
    expect(policy).not.toMatch(/unsafe|http|\*/)
  })

  it('has the policy before anything that it governs', async () => {
    const html = await report()
    expect(html.indexOf('Content-Security-Policy')).toBeLessThan(Math.min(html.indexOf('<style'), html.indexOf('<script')))
  })

  it('refers to nothing outside itself and sets no style that the policy would refuse', async () => {
    const { document } = new JSDOM(await report()).window
    const links = [...document.querySelectorAll('*')].flatMap((element) =>
      ['src', 'href', 'xlink:href', 'srcset', 'action'].flatMap((name) => element.getAttribute(name) ?? []),
    )
    expect(links.map((link) => link.slice(0, 23))).toEqual(['data:image/webp;base64,'])
    expect(document.querySelector('link, iframe, object, embed, form, base, [style], [onclick], [onload]')).toBeNull()
    expect(page.style).not.toMatch(/url\(|@import/)
    expect(page.script).not.toMatch(/<\/script|<!--|fetch|XMLHttp|import\(|innerHTML|eval/)
  })

  it('holds every number as float32', async () => {
    const whole = explanation({ relevance: (input, target) => Math.sin(input.index * 7.3 + target.index) })
    const { values } = whole.relevance
    const candidates = Float32Array.from({ length: 5 * values.length }, (_, at) => (at % 5 === 4 ? Number.NaN : Math.cos(at)))
    const view = exported({ ...whole, relevance: { ...whole.relevance, candidates } })
    const [side] = dataOf(await htmlReport(view, page)).sides
    expect(floats(side?.relevance)).toEqual(values)
    expect(floats(side?.candidates)).toEqual(candidates)
  })

  it('says where it comes from, to people and to programs', async () => {
    const html = await report()
    const { document } = new JSDOM(html).window
    const names = [...document.querySelectorAll('dt')].map(({ textContent }) => textContent)
    for (const name of ['model SHA-256', 'picture SHA-256', 'prompt', 'target', 'variant', 'suppression f', 'entry'])
      expect(names).toContain(name)
    expect(dataOf(html).provenance).toMatchObject({
      entry: '0f8b4c1e-0000-4000-8000-000000000000',
      model: { sha256: 'ab'.repeat(32) },
    })
  })
})

const floats = (base64 = '') => {
  const bytes = Buffer.from(base64, 'base64')
  return Float32Array.from({ length: bytes.length / 4 }, (_, place) => bytes.readFloatLE(place * 4))
}

const hostile = fc.oneof(
  fc.constantFrom(
    '</script><script>alert(1)</script>',
    '<!--<script>',
    '"><img src=x onerror=alert(1)>',
    "'-alert(1)-'",
    ']]>',
    '\u202Egnp.exe\u2066',
    '\u2028\u2029\u0000\uD800',
    '&lt;b&gt;',
    'x'.repeat(10_000),
    '</textarea></style></title><svg onload=alert(1)>',
    '{{constructor}}',
    '$& $1 $`',
  ),
  fc.string({ unit: 'binary', maxLength: 60 }),
)

describe('hostile texts', () => {
  it.prop([fc.array(hostile, { minLength: 1, maxLength: 5 }), fc.array(hostile, { minLength: 1, maxLength: 3 }), hostile], {
    numRuns: 25,
  })('are only ever texts', async (prompt, completion, name) => {
    const plain = explanation({ prompt: prompt.map(() => 'a'), completion: completion.map(() => 'b') })
    const { document: calm } = await openReport(exported(plain), 'no scripts')
    const { document } = await openReport(exported(explanation({ prompt, completion }), {}, { name }), 'no scripts')
    const shape = (of: Page) =>
      [...of.querySelectorAll('*')].map(
        ({ tagName, attributes }) => `${tagName} ${[...attributes].map((each) => each.name).join(' ')}`,
      )
    expect(shape(document)).toEqual(shape(calm))
    const data = JSON.parse(document.getElementById('report')?.textContent ?? '') as ReportData & {
      readonly provenance: Provenance
    }
    // JSON has no halves of surrogate pairs; everything else comes back.
    expect(data.provenance.prompt).toBe(prompt.join(''))
    for (const list of document.querySelectorAll('body bdi')) expect(list.textContent).not.toMatch(/[\u202A-\u202E\u2066-\u2069]/)
  })

  it('do not break the page at work', async () => {
    const whole = explanation({ prompt: ['</script>', '\u202Ex', '<b>'], completion: ['<img src=x>', '"\'', '\n'] })
    const { click, find } = await openReport(exported(whole))
    click('[data-token="completion-0"]')
    expect(find('.subject').textContent).toBe('“<img src=x>”')
    expect(find('.subject bdi').children).toHaveLength(0)
  })
})
