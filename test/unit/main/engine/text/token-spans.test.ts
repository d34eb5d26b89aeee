import { fc, it } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { tokenBytes } from '../../../../../src/main/engine/text/token-bytes.ts'
import { alignSpans, spansOfBytes, textOfBytes } from '../../../../../src/main/engine/text/token-spans.ts'

const pieces = fc.array(fc.uint8Array({ maxLength: 5 }), { maxLength: 12 })

/** Cuts the bytes of a text at given places. */
function cut(text: string, places: readonly number[]): Uint8Array[] {
  const bytes = new TextEncoder().encode(text)
  const ends = [...new Set(places.map((place) => place % (bytes.length + 1))), bytes.length].sort((one, other) => one - other)
  return ends.map((end, index) => bytes.subarray(ends[index - 1] ?? 0, end))
}

describe('spansOfBytes', () => {
  it('gives a character to the token with its last byte', () => {
    expect(spansOfBytes(cut('a🚗b', [1, 3]))).toEqual([
      { text: 'a', span: { start: 0, end: 1 } },
      { text: '\uFFFD', span: { start: 1, end: 1 } },
      { text: '🚗b', span: { start: 1, end: 4 } },
    ])
  })

  it('shows what was never finished', () => {
    expect(spansOfBytes([Uint8Array.of(0x61), Uint8Array.of(0xf0, 0x9f)])).toMatchObject([
      { text: 'a' },
      { text: '\uFFFD', span: { start: 1, end: 2 } },
    ])
  })

  it.prop([pieces])('covers the text of any bytes without gap or overlap', (tokens) => {
    const text = textOfBytes(tokens)
    const spans = spansOfBytes(tokens)
    expect(spans.map(({ span }) => text.slice(span.start, span.end)).join('')).toBe(text)
    spans.forEach(({ span }, index) => {
      expect(span.start).toBe(spans[index - 1]?.span.end ?? 0)
    })
  })

  it.prop([fc.string({ unit: 'binary' }), fc.array(fc.nat(), { maxLength: 8 })])(
    'puts a text together again however it was cut',
    (text, places) => {
      expect(textOfBytes(cut(text, places))).toBe(text)
    },
  )
})

describe('alignSpans', () => {
  const words = (...texts: string[]) => spansOfBytes(texts.map((text) => new TextEncoder().encode(text)))
  const slices = (written: string, ...texts: string[]) =>
    alignSpans(texts.join(''), written, words(...texts)).map(({ span }) => written.slice(span.start, span.end))

  it('takes back a space that the tokenizer put first', () => {
    expect(slices('a red car', ' a', ' red', ' car')).toEqual(['a', ' red', ' car'])
  })

  it('follows text through changes of case, Unicode form and white space', () => {
    expect(slices('ÉTÉ ﬁn', 'e\u0301te\u0301', ' f', 'in')).toEqual(['ÉTÉ', ' ﬁ', 'n'])
    expect(slices('two  words', 'two', ' words')).toEqual(['two', '  words'])
  })

  it.prop([fc.string(), fc.array(fc.string({ minLength: 1 }), { minLength: 1 })])(
    'stays within the text and in order, whatever it was made into',
    (written, texts) => {
      let last = 0
      for (const { span } of alignSpans(texts.join(''), written, words(...texts))) {
        expect(span.start).toBeGreaterThanOrEqual(last)
        expect(span.end).toBeGreaterThanOrEqual(span.start)
        expect(span.end).toBeLessThanOrEqual(written.length)
        last = span.start
      }
    },
  )
})

describe('tokenBytes', () => {
  it("reads GPT-2's letters and SentencePiece's marks", () => {
    expect([...tokenBytes('ĠaĊ\u0143', 'byte-level')]).toEqual([0x20, 0x61, 0x0a, 0xad])
    expect([...tokenBytes('▁a', 'sentence-piece')]).toEqual([0x20, 0x61])
    expect([...tokenBytes('<0xF0>', 'sentence-piece')]).toEqual([0xf0])
  })
})
