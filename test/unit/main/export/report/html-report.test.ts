import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { fc, it } from '@fast-check/vitest'
import type { Page, PageElement } from 'jsdom'
import { JSDOM } from 'jsdom'
import { describe, expect } from 'vitest'
import type { Input, Target } from '../../../../../src/shared/explanation/record.ts'
import { htmlReport } from '../../../../../src/main/export/report/html-report.ts'
import { openReportPage } from '../../../../../src/main/export/report/report-page.ts'
import type { ReportData } from '../../../../../src/main/export/report/report-data.ts'
import type { Wish } from '../hand-made.ts'
import { viewOf } from '../view-of.ts'

const page = await openReportPage('resources/report')
const report = async (wish: Wish = {}) => htmlReport(viewOf(wish), page)

/** The page at work, in a browser that has one colour scheme. */
async function open(wish: Wish = {}, dark = false) {
  const { window } = new JSDOM(await report(wish), {
    runScripts: 'dangerously',
    beforeParse: (target) => {
      Object.assign(target, { matchMedia: () => ({ matches: dark, addEventListener: () => undefined }) })
    },
  })
  const { document } = window
  const find = (selector: string): PageElement => {
    const found = document.querySelector(selector)
    if (found === null) throw new Error(`no ${selector}`)
    return found
  }
  const press = (target: PageElement, key: string) =>
    target.dispatchEvent(new window.KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }))
  const click = (target: PageElement, shiftKey = false) =>
    target.dispatchEvent(new window.MouseEvent('click', { shiftKey, bubbles: true }))
  const token = (place: number): PageElement => find(`#completion li:nth-child(${place + 1}) button`)
  const hover = (cell: number) => find(`[data-cell="${cell}"]`).dispatchEvent(new window.Event('pointermove', { bubbles: true }))
  const fill = (cell: number) => find(`[data-cell="${cell}"]`).getAttribute('fill')
  const pressed = () => [...document.querySelectorAll('[aria-pressed="true"]')].map(({ textContent }) => textContent)
  return { document, find, press, click, token, hover, fill, pressed }
}

const dataOf = (html: string) => JSON.parse(/id="report">(.*?)<\/script>/s.exec(html)?.[1] ?? '') as ReportData

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
    const view = viewOf({ relevance: (input, target) => Math.sin(input.index * 7.3 + target.index) })
    const bytes = Buffer.from(dataOf(await htmlReport(view, page)).relevance, 'base64')
    const numbers = Float32Array.from({ length: bytes.length / 4 }, (_, place) => bytes.readFloatLE(place * 4))
    expect(numbers).toEqual(view.explanation.relevance.values)
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
    numRuns: 40,
  })('are only ever texts', async (prompt, completion, name) => {
    const plain = new JSDOM(
      await htmlReport(viewOf({ prompt: prompt.map(() => 'a'), completion: completion.map(() => 'b') }), page),
    )
    const { document } = new JSDOM(await htmlReport(viewOf({ prompt, completion }, { name }), page)).window
    const shape = (of: Page) =>
      [...of.querySelectorAll('*')].map(
        ({ tagName, attributes }) => `${tagName} ${[...attributes].map((each) => each.name).join(' ')}`,
      )
    expect(shape(document)).toEqual(shape(plain.window.document))
    const data = JSON.parse(document.getElementById('report')?.textContent ?? '') as ReportData
    // JSON has no halves of surrogate pairs; everything else comes back.
    expect(data.provenance.prompt).toBe(prompt.join(''))
    for (const list of document.querySelectorAll('body bdi')) expect(list.textContent).not.toMatch(/[\u202A-\u202E\u2066-\u2069]/)
  })

  it('do not break the page at work', async () => {
    const { token, click, find } = await open({
      prompt: ['</script>', '\u202Ex', '<b>'],
      completion: ['<img src=x>', '"\'', '\n'],
    })
    click(token(0))
    expect(find('#subject').textContent).toBe('<img src=x>')
    expect(find('#subject').children).toHaveLength(1)
  })
})

describe('the report at work', () => {
  const relevance = ({ row, column, text }: Input, { index }: Target): number =>
    row === null ? (text === ' is' ? 0.5 : 0) : row === index && column === 1 ? 2 : 0

  it('shows a token’s map, words and candidates when it is clicked', async () => {
    const { token, click, fill, find, pressed, document } = await open({ relevance })
    click(token(1))
    expect(pressed()).toEqual(['cats'])
    expect(fill(13)).toMatch(/^rgb\(143 42 12/)
    expect(fill(1)).toMatch(/ 0\)$/)
    expect(find('#subject').textContent).toBe('cats')
    expect([...document.querySelectorAll('#words li')].map(({ textContent }) => textContent)).toEqual(['is+0.50'])
    expect([...document.querySelectorAll('#candidates li')]).toHaveLength(5)
    expect(find('#strongest').textContent).toBe('+2.00 nats at row 1, column 1: 7.4× less likely without it')
  })

  it('shows the mean of several, and the whole answer again with Escape', async () => {
    const { token, click, press, find, pressed, document } = await open({ relevance })
    expect(find('#probability').textContent).toBe('mean of 3 tokens')
    click(token(0))
    click(token(1), true)
    expect(pressed()).toEqual(['three', 'cats'])
    expect(find('#subject').textContent).toBe('three cats')
    expect(find('#strongest').textContent).toContain('+1.00 nats')
    press(document.body, 'Escape')
    expect(pressed()).toEqual([])
    expect(find('#subject').textContent).toBe('three cats.')
  })

  it('steps through tokens and patches with the arrow keys', async () => {
    const { token, press, find, pressed } = await open({ relevance })
    token(0).focus()
    press(token(0), 'ArrowRight')
    expect(pressed()).toEqual(['cats'])
    const map = find('#map')
    map.focus()
    for (const key of ['ArrowDown', 'ArrowDown', 'ArrowRight']) press(map, key)
    expect(find('#spoken').textContent).toBe('row 1, column 1: +2.00 nats, 7.4× less likely without it')
  })

  it('tells a patch’s numbers under the pointer', async () => {
    const { token, click, hover, find } = await open({ relevance })
    click(token(0))
    hover(1)
    expect(find('#tip').hidden).toBe(false)
    expect(find('#tip').textContent).toBe('row 0, column 1+2.00 nats · 7.4× less likely without it')
  })

  it('has all the numbers in a table, sorted when asked', async () => {
    const { token, click, find, document } = await open({ relevance })
    click(token(1))
    find('#numbers').setAttribute('open', '')
    click(find('#order-button'))
    const rows = [...document.querySelectorAll('#rows tr')].map(({ textContent }) => textContent)
    expect(rows).toHaveLength(144 + 6)
    expect(rows[0]).toBe('row 1, column 1patch+2.007.4× less likely without it')
    expect(find('#order').getAttribute('aria-sort')).toBe('descending')
  })

  it('rescales', async () => {
    const weak: Wish['relevance'] = (input, target) => relevance(input, target) / (target.index + 1)
    const { token, click, fill, find } = await open({ relevance: weak })
    click(token(1))
    const before = fill(13)
    click(find('input[value="token"]'))
    expect(find('#high').textContent).toBe('+1.00 nats')
    expect(fill(13)).not.toBe(before)
  })

  it('wears the dark colours when the system does', async () => {
    const { token, click, fill } = await open({ relevance }, true)
    click(token(1))
    expect(fill(13)).toMatch(/^rgb\(253 217 168/)
  })

  it('colours the words of a document', async () => {
    const { token, click, find } = await open({ picture: null, relevance: ({ text }) => (text === ' is' ? 2 : 0) })
    click(token(0))
    expect(find('[data-position="1"]').style.backgroundColor).not.toBe('')
    expect(find('[data-position="2"]').style.backgroundColor).toBe('')
  })
})

describe('the report’s script', () => {
  it('is what the repository says, without a carriage return', async () => {
    expect(page.script).toBe((await readFile('resources/report/report.js', 'utf8')).replaceAll('\r', ''))
  })
})
