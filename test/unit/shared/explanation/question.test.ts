import { describe, expect, it } from 'vitest'
import { about, against, part, question, scales, wholeAnswer } from '../../../../src/shared/explanation/question.ts'
import { samePart } from '../../../../src/shared/explanation/part.ts'
import { positions } from './tiny.ts'

const token = { segment: 'completion', index: 0 } as const
const entry = '123e4567-e89b-42d3-a456-426614174000'
const many = <Item>(length: number, item: Item): Item[] => new Array<Item>(length).fill(item)

describe('what a question is about', () => {
  it.each([
    [{ kind: 'answer' }, true],
    [{ kind: 'answer', tokens: [token] }, false],
    [{ kind: 'tokens', tokens: [token, { segment: 'prompt', index: 2 }] }, true],
    [{ kind: 'tokens', tokens: [] }, false],
    [{ kind: 'tokens' }, false],
    [{ kind: 'tokens', tokens: [{ segment: 'image', index: 0 }] }, false],
    [{ kind: 'tokens', tokens: [{ segment: 'prompt', index: -1 }] }, false],
    [{ kind: 'tokens', tokens: [{ ...token, column: 0 }] }, false],
    [{ kind: 'all' }, false],
  ])('%j is taken: %s', (value, taken) => expect(about.safeParse(value).success).toBe(taken))

  it('is at most 4096 tokens', () => {
    const ofTokens = (length: number) => about.safeParse({ kind: 'tokens', tokens: many(length, token) }).success
    expect([ofTokens(4096), ofTokens(4097)]).toEqual([true, false])
  })
})

describe('what it is compared with', () => {
  it.each([
    [{ kind: 'nothing' }, true],
    [{ kind: 'candidate', place: 0 }, true],
    [{ kind: 'candidate', place: 4 }, true],
    [{ kind: 'candidate', place: 5 }, false],
    [{ kind: 'candidate', place: -1 }, false],
    [{ kind: 'candidate', place: 0.5 }, false],
    [{ kind: 'record', entry, about: { kind: 'answer' } }, true],
    [{ kind: 'record', entry: 'latest', about: { kind: 'answer' } }, false],
    [{ kind: 'record', entry }, false],
    [{ kind: 'nothing', place: 0 }, false],
    [{ kind: 'model' }, false],
  ])('%j is taken: %s', (value, taken) => expect(against.safeParse(value).success).toBe(taken))
})

describe('a part', () => {
  it('is some patches or some text, of at most 65,536 positions', () => {
    const of = (kind: string, length: number) => part.safeParse({ kind, positions: many(length, 0) }).success
    expect([of('patches', 65_536), of('text', 1), of('patches', 65_537), of('cells', 1)]).toEqual([true, true, false, false])
    expect(part.safeParse({ kind: 'text', positions: [-1] }).success).toBe(false)
  })

  it('is the same as another of the same positions in the same order, and no other', () => {
    const same = (first: number[], second: number[]) =>
      samePart({ kind: 'patches', positions: positions(...first) }, { kind: 'patches', positions: positions(...second) })
    expect(same([1, 2], [1, 2])).toBe(true)
    expect([same([1, 2], [1, 3]), same([1, 2], [1, 2, 3]), same([1, 2, 3], [1, 2]), same([1, 2], [3, 2])]).toEqual([
      false,
      false,
      false,
      false,
    ])
    expect(same([], [])).toBe(true)
  })
})

describe('a question', () => {
  it('asks for the whole answer on its own scale while nobody asks for anything else', () => {
    expect(question.parse(wholeAnswer)).toEqual({
      about: { kind: 'answer' },
      against: { kind: 'nothing' },
      without: null,
      scale: 'answer',
    })
  })
  it('stands on one of three scales', () => {
    expect(scales).toEqual(['answer', 'token', 'absolute'])
    expect(scales.map((scale) => question.safeParse({ ...wholeAnswer, scale }).success)).toEqual([true, true, true])
  })
  it.each([{ scale: 'picture' }, { without: { kind: 'text' } }, { about: null }, { against: null }, { method: 'atman' }])(
    'with %j is refused',
    (change) => expect(question.safeParse({ ...wholeAnswer, ...change }).success).toBe(false),
  )
})
