import { fc, it } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { chunks } from '../../../../src/shared/sequence/chunks.ts'
import { chunkings } from '../../../../src/shared/explanation/parameters.ts'
import type { Chunking } from '../../../../src/shared/explanation/parameters.ts'
import { tokenId } from '../../../../src/shared/values/brand.ts'
import { cutText, tokensOf } from './tokens.ts'

const found = (chunking: Chunking, ...pieces: readonly string[]) =>
  chunks(tokensOf(...pieces), pieces.join(''), chunking).map(({ text, members }) => [text, ...members])

describe('chunks', () => {
  it('cut a document into sentences; the space before a sentence goes with it', () => {
    expect(found('sentence', 'The', ' teacher', ' is', ' Hugo', '.', ' Q', ':', ' Who', '?', ' A', ':')).toEqual([
      ['The teacher is Hugo.', 0, 1, 2, 3, 4],
      ['Q: Who?', 5, 6, 7, 8],
      ['A:', 9, 10],
    ])
  })
  it('end a sentence at a line break, unless the line goes on in lower case', () => {
    expect(found('sentence', 'A', ' list', '\n', 'First', '\r\n', 'goes', ' on')).toEqual([
      ['A list', 0, 1, 2],
      ['First\r\ngoes on', 3, 4, 5, 6],
    ])
  })
  it('keep their places after a line that goes on', () => {
    expect(found('sentence', 'A', ' list', '\nof', ' things.', ' Next', '\r\none', '.', ' Last')).toEqual([
      ['A list\nof things.', 0, 1, 2, 3],
      ['Next\r\none.', 4, 5, 6],
      ['Last', 7],
    ])
  })
  it('take a line of any white space for blank', () => {
    expect(found('paragraph', 'One', '\n\n', 'Two', '\n \t \n', 'Three', '\r\n\r\n', 'Four')).toEqual([
      ['One', 0, 1],
      ['Two', 2, 3],
      ['Three', 4, 5],
      ['Four', 6],
    ])
  })
  it('hold a mark of an empty document', () => {
    const mark = { id: tokenId(1), text: '<s>', span: { start: 0, end: 0 } }
    expect(chunks([mark], '', 'sentence')).toEqual([{ text: '', members: [0] }])
    expect(chunks([mark], '', 'paragraph')).toEqual([{ text: '', members: [0] }])
  })
  it('cut a document into paragraphs at blank lines', () => {
    expect(found('paragraph', 'One.', ' Two.', '\n', ' \n', 'Three\n', 'four')).toEqual([
      ['One. Two.', 0, 1, 2, 3],
      ['Three\nfour', 4, 5],
    ])
  })
  it('give white space alone to a neighbour', () => {
    expect(found('paragraph', '\n\n', 'One', '\n\n')).toEqual([['One', 0, 1, 2]])
    expect(found('sentence', '\n', '\n', 'One.', '\n', '\n', 'Two')).toEqual([
      ['One.', 0, 1, 2, 3, 4],
      ['Two', 5],
    ])
  })
  it('are none without tokens', () => {
    expect(found('sentence')).toEqual([])
  })
  it.prop([cutText, fc.constantFrom(...chunkings)])('hold every token exactly once, in order', ({ text, tokens }, chunking) => {
    expect(chunks(tokens, text, chunking).flatMap(({ members }) => members)).toEqual(tokens.map((_, place) => place))
  })
})
