import { fc, it } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { element, escapeXml } from '../../../../../../src/main/export/drawing/text/svg.ts'

const entities: Readonly<Record<string, string>> = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'" }
const unescaped = (text: string) => text.replaceAll(/&[^;]+;/g, (entity) => entities[entity] ?? '?')

describe('escapeXml', () => {
  it.prop([fc.string({ unit: 'binary' })])('leaves no mark that XML would read', (text) => {
    expect(escapeXml(text)).not.toMatch(/[<>"']|&(?!amp;|lt;|gt;|quot;|#39;)/)
  })

  it.prop([fc.string({ unit: 'grapheme' })])('keeps every character that XML knows', (text) => {
    expect(unescaped(escapeXml(text))).toBe(text.replaceAll(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g, '\uFFFD'))
  })

  it('shows a half of a surrogate pair as U+FFFD', () => {
    expect(escapeXml('a\uD800b')).toBe('a\uFFFDb')
  })
})

describe('element', () => {
  it('leaves out what is null and shortens numbers', () => {
    expect(element('rect', { x: 1.23456, y: 0.12345, fill: null })).toBe('<rect x="1.23" y="0.1235"/>')
  })

  it('escapes the values of attributes', () => {
    expect(element('a', { title: '"/><script>' })).toBe('<a title="&quot;/&gt;&lt;script&gt;"/>')
  })

  it.each([Number.NaN, Number.POSITIVE_INFINITY])('takes %s for a bug', (value) => {
    expect(() => element('rect', { x: value })).toThrow('not finite')
  })
})
