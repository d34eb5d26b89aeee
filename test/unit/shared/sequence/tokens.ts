import { fc } from '@fast-check/vitest'
import { tokenId } from '../../../../src/shared/values/brand.ts'
import type { TextToken } from '../../../../src/shared/explanation/record.ts'

/** Tokens that make up a text, as a tokenizer would cut it there. */
export function tokensOf(...pieces: readonly string[]): TextToken[] {
  let start = 0
  return pieces.map((text, index) => {
    const span = { start, end: start + text.length }
    start = span.end
    return { id: tokenId(index), text, span }
  })
}

const text = fc
  .array(
    fc.constantFrom(
      'dog',
      'straw',
      'berries',
      '105.2',
      "don't",
      '.',
      ',',
      '?',
      ' ',
      ' ',
      ' ',
      '\n',
      '\n\n',
      'Naïve',
      '犬',
      '👩‍🚀',
      '\r\n',
      'Q:',
    ),
    { maxLength: 25 },
  )
  .map((pieces) => pieces.join(''))

/** A text and any tokens that cover it without gap or overlap. */
export const cutText = fc.tuple(text, fc.array(fc.nat(60), { maxLength: 40 })).map(([whole, places]) => {
  const cuts = [...new Set([0, ...places.filter((place) => place < whole.length), whole.length])].sort((a, b) => a - b)
  return { text: whole, tokens: tokensOf(...cuts.slice(1).map((end, index) => whole.slice(cuts[index], end))) }
})
