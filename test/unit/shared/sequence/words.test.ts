import { it } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { words } from '../../../../src/shared/sequence/words.ts'
import { tokenId } from '../../../../src/shared/values/brand.ts'
import { cutText, tokensOf } from './tokens.ts'

const found = (...pieces: readonly string[]) =>
  words(tokensOf(...pieces), pieces.join('')).map(({ text, members }) => [text, ...members])

describe('words', () => {
  it.each([
    ['one word in three tokens', [' three', ' str', 'aw', 'berries', '.'], [['strawberries', 1, 2, 3]]],
    ['a full stop as a unit of its own', [' dog', '.'], []],
    ['an apostrophe inside a word', [' don', "'", 't'], [["don't", 0, 1, 2]]],
    ['a number with its decimals', [' 10', '5', '.', '2', ' m'], [['105.2', 0, 1, 2, 3]]],
    ['a hyphen as a unit of its own', ['well', '-', 'kn', 'own'], [['known', 2, 3]]],
    ['a token over several units, which joins them', ['we', 'll-', 'known'], [['well-', 0, 1]]],
    [
      'words beside each other',
      ['a', 'b', ' c', 'd'],
      [
        ['ab', 0, 1],
        ['cd', 2, 3],
      ],
    ],
    ['a space token apart from the word after it', [' ', 'P', 'aris'], [['Paris', 1, 2]]],
    ['an emoji in several tokens', ['👩', '\u200d', '🚀', ' flies'], [['👩‍🚀', 0, 1, 2]]],
    ['a text of single tokens', ['This', ' is', ' a', ' picture', ' of'], []],
    ['no text', [], []],
  ])('know %s', (_, pieces, expected) => {
    expect(found(...pieces)).toEqual(expected)
  })
  it('put tokens with a part of a character into its word, whether or not they have a span', () => {
    const part = (start: number, end: number) => ({ id: tokenId(9), text: '\uFFFD', span: { start, end } })
    const naive = [...tokensOf('Na'), part(2, 2), part(2, 3), { id: tokenId(1), text: 've', span: { start: 3, end: 5 } }]
    expect(words(naive, 'Naïve').map(({ members }) => members)).toEqual([[0, 1, 2, 3]])
    const both = [...tokensOf('Na'), part(2, 3), part(2, 3), { id: tokenId(1), text: 've', span: { start: 3, end: 5 } }]
    expect(words(both, 'Naïve').map(({ members }) => members)).toEqual([[0, 1, 2, 3]])
  })
  it('begin with a part of a character that has no span of its own', () => {
    const part = (start: number, end: number) => ({ id: tokenId(9), text: '\uFFFD', span: { start, end } })
    expect(words([...tokensOf(' '), part(1, 1), part(1, 3)], ' 👩')).toEqual([{ text: '👩', members: [1, 2] }])
  })
  it('join what a token covers that ends within a character', () => {
    const cut = { id: tokenId(8), text: 'a \uFFFD', span: { start: 0, end: 3 } }
    const rest = { id: tokenId(9), text: '\uFFFD', span: { start: 2, end: 3 } }
    expect(words([cut, rest], 'a ï')).toEqual([{ text: 'a ï', members: [0, 1] }])
  })
  it('leave out marks that stand for no text', () => {
    const begin = { id: tokenId(0), text: '<s>', span: { start: 0, end: 0 } }
    expect(words([begin, ...tokensOf('str', 'aw')], 'straw').map(({ members }) => members)).toEqual([[1, 2]])
  })
  it.prop([cutText])('share no token, have at least two consecutive ones, and come in order', ({ text, tokens }) => {
    const groups = words(tokens, text)
    const members = groups.flatMap((group) => group.members)
    expect(members).toEqual([...new Set(members)].sort((a, b) => a - b))
    for (const group of groups) {
      expect(group.members.length).toBeGreaterThan(1)
      expect(group.text).toBe(
        group.members
          .map((member) => tokens[member]?.text)
          .join('')
          .trim(),
      )
    }
  })
  it.prop([cutText])('never join what white space parts', ({ text, tokens }) => {
    for (const { members } of words(tokens, text)) {
      members.slice(1).forEach((member, index) => {
        expect((tokens[members[index] ?? 0]?.text.at(-1) ?? '') + (tokens[member]?.text[0] ?? '')).toMatch(/^\S\S$/)
      })
    }
  })
})
