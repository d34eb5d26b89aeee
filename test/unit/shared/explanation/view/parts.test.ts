import { describe, expect, it } from 'vitest'
import { viewOf } from '../../../../../src/shared/explanation/view.ts'
import { matrixOf, sharedMaximum, sumsOfSquares } from '../../../../../src/shared/explanation/view/matrix.ts'
import { cellSentences, droppedSentence, wordSentence } from '../../../../../src/shared/explanation/view/sentences.ts'
import { firstRival } from '../../../../../src/shared/explanation/view/view-candidates.ts'
import { needsPass } from '../../../../../src/shared/explanation/view/view-drops.ts'
import { placeOf, rankOf } from '../../../../../src/shared/explanation/view/view-map.ts'
import { strongestFirst } from '../../../../../src/shared/explanation/view/view-words.ts'
import { ask, positions, previewed, tiny } from '../tiny.ts'

const byIndex = tiny({ nats: ({ index }) => index })

describe('words', () => {
  it('are those before the token, in the order of the text, equal ones numbered', () => {
    const view = viewOf(tiny({ prompt: ['dog', ' and', ' dog'] }), ask([1]))
    expect(view.words.map(({ label }) => label)).toEqual(['dog (1)', 'and', 'dog (2)', 'dog (3)'])
  })
  it('of several tokens take the place of their tokens', () => {
    const view = viewOf(tiny({ prompt: ['straw', 'berry', ' pie'], words: [[0, 1]] }), ask([0]))
    expect(view.words.map(({ label, suppressed }) => [label, suppressed.members, suppressed.neighbours])).toEqual([
      ['strawberry', 2, false],
      ['pie', 1, true],
    ])
  })
  it('leave sentences to the passages', () => {
    const view = viewOf(tiny({ chunks: [[0, 1]], nats: ({ kind }) => (kind === 'chunk' ? 9 : 1) }), ask([0], { scale: 'token' }))
    expect(view.words).toHaveLength(2)
    expect(view.passages.map(({ label, nats, share }) => [label, nats, share])).toEqual([['a dog', 9, 1]])
  })
  it('come strongest first by size, equal ones in the order of the text', () => {
    expect(strongestFirst([{ nats: 1 }, { nats: -3 }, { nats: 2 }, { nats: -2 }]).map(({ nats }) => nats)).toEqual([-3, 2, -2, 1])
  })
  it('say what was computed', () => {
    const view = viewOf(byIndex, ask([0]))
    const [first] = view.words
    expect(first && wordSentence(view, first)).toBe(
      '“a”: +4.000 nats: 55× less likely without it (f 0.90, with neighbours (κ 0.70), exact)',
    )
  })
})

describe('tokens', () => {
  it('show what each did for the explained one, and which come too late', () => {
    const view = viewOf(byIndex, ask([1], { scale: 'token' }))
    expect(view.tokens.map(({ label, look, nats, share, watched }) => [label, look, nats, share, watched])).toEqual([
      ['a', 'before', 4, 4 / 6, false],
      ['dog', 'before', 5, 5 / 6, false],
      ['dog (1)', 'before', 6, 1, true],
      ['ran', 'explained', null, null, true],
      ['dog (2)', 'later', null, null, true],
    ])
  })
})

describe('the cells', () => {
  it('are spoken of in whole sentences', () => {
    const view = viewOf(byIndex, ask([0]))
    expect(cellSentences(view, { row: 1, column: 0 })).toEqual({
      place: 'row 2, column 1',
      effect: '+2.000 nats: 7.4× less likely without it (f 0.90, with neighbours (κ 0.70), exact)',
      rank: 'rank 2 of 4',
      nats: 2,
    })
  })
  it('of a preview are spoken of as their blocks', () => {
    const view = viewOf(previewed(tiny(), [1, 1, 1, 2, 2, 2]), ask([0]))
    const said = cellSentences(view, { row: 1, column: 1 })
    expect(said?.place).toBe('row 2, column 2')
    expect(said?.effect).toContain('f 0.90, 2 suppressed together, without neighbours, preview of 1×2 blocks')
    expect(said?.rank).toBe('rank 1 of 2 · of its block, preview of 1×2 blocks')
  })
  it('say nothing before there is a map', () => {
    expect(cellSentences(viewOf({ ...tiny(), numbers: { kind: 'none' } }, ask([0])), { row: 0, column: 0 })).toBeNull()
  })
  it('after the token were not read yet', () => {
    // The picture stands behind the first word, which is the token asked about.
    const known = { ...tiny(), grid: { rows: 2, columns: 2, start: 1 } }
    const inputs = known.inputs.map((input) =>
      input.kind === 'patch' ? { ...input, members: positions(1 + input.index) } : input,
    )
    const [first] = known.targets
    if (first === undefined) throw new Error('no target')
    const targets = [{ ...first, segment: 'prompt', index: 0 } as const, ...known.targets.slice(1)]
    const view = viewOf(
      { ...known, inputs, targets },
      { ...ask([]), about: { kind: 'tokens', tokens: [{ segment: 'prompt', index: 0 }] } },
    )
    expect(cellSentences(view, { row: 0, column: 0 })?.effect).toBe('not read yet when this token was written')
    expect([...(view.map?.shares ?? [])]).toEqual([0, 0, 0, 0])
  })
  it('have ranks by falling relevance, the first of equals first', () => {
    const map = { values: Float32Array.of(1, 3, 3, -2) }
    expect([0, 1, 2, 3].map((place) => rankOf(map, place))).toEqual([3, 1, 2, 4])
  })
  it('of a finer grid lie in their block', () => {
    const map = { rows: 2, columns: 2, grid: { rows: 4, columns: 4 }, values: new Float32Array(4) }
    expect([
      placeOf(map, { row: 1, column: 1 }),
      placeOf(map, { row: 1, column: 2 }),
      placeOf(map, { row: 2, column: 0 }),
    ]).toEqual([0, 1, 2])
  })
})

describe('candidates', () => {
  it('include an explained token that is none of the five', () => {
    const known = tiny()
    const targets = known.targets.map((target) => ({ ...target, candidates: target.candidates.slice(1) }))
    const { candidates } = viewOf({ ...known, targets }, ask([0]))
    expect(candidates.at(-1)).toMatchObject({ label: 'dog', own: true, place: null, written: '0.61' })
    expect(firstRival(candidates)).toMatchObject({ label: 'cat', place: 0 })
  })
  it('are of one token only', () => {
    expect(viewOf(tiny(), ask([0, 1])).candidates).toEqual([])
    expect(firstRival([])).toBeNull()
  })
  it('have the best other one as first rival', () => {
    expect(firstRival(viewOf(tiny(), ask([1])).candidates)).toMatchObject({ label: 'sat', place: 1 })
  })
})

describe('drops', () => {
  it('are told in the part’s one pass', () => {
    const view = viewOf(byIndex, ask([0], { without: { kind: 'patches', positions: positions(1) } }))
    const drop = view.without?.drops?.[1]
    expect(drop && droppedSentence(view, drop)).toBe(
      '“ran”: +1.000 nats: 2.7× less likely without it (f 0.90, with neighbours (κ 0.70), exact)',
    )
    expect(drop && droppedSentence(viewOf(byIndex, ask([0])), drop)).toBeNull()
  })
  it('of a lasso are missing until its pass was run', () => {
    expect([{ drops: null }, { drops: [] }].map(needsPass)).toEqual([true, false])
  })
})

describe('the matrix', () => {
  const known = tiny({ nats: ({ index }, { index: place }) => index * (place + 1), chunks: [[0, 1]] })
  const matrix = matrixOf(known, 'answer')

  it('holds every input that stands before a target, and NaN for the others', () => {
    expect([...(matrix?.values ?? [])]).toEqual([
      ...[0, 1, 2, 3, 4, 5, Number.NaN, Number.NaN, 8],
      ...[0, 2, 4, 6, 8, 10, 12, Number.NaN, 16],
      ...[0, 3, 6, 9, 12, 15, 18, 21, 24],
    ])
  })
  it('names inputs and targets as the view does', () => {
    expect(matrix?.inputs.map(({ label, kind }) => `${label}, ${kind}`)).toEqual([
      'row 1, column 1, patch',
      'row 1, column 2, patch',
      'row 2, column 1, patch',
      'row 2, column 2, patch',
      'a, token',
      'dog (1), token',
      'dog (2), token',
      'ran, token',
      'a dog, passage',
    ])
    expect(matrix?.targets.map(({ label }) => label)).toEqual(['dog (1)', 'ran', 'dog (2)'])
  })
  it('numbers equal words of one kind, not a word and the token in it', () => {
    const both = matrixOf(tiny({ picture: false, completion: [' ran'], words: [[1]] }), 'answer')
    expect(both?.inputs.map(({ label, kind }) => `${label}, ${kind}`)).toEqual(['a, token', 'dog, token', 'dog, word'])
  })
  it('has the scale of the view, or each token its own', () => {
    const answer = viewOf(known, ask([0])).scale.maximum
    expect(matrix?.shares[3]).toBeCloseTo(3 / answer, 5)
    const own = matrixOf(known, 'token')
    expect([own?.shares[3], own?.shares[9 + 3]]).toEqual([Math.fround(3 / 8), Math.fround(6 / 16)])
    expect(matrixOf(known, 'absolute')?.shares[1]).toBeCloseTo(1 / Math.LN10, 5)
  })
  it('never takes less than ln 2 for full colour', () => {
    expect(matrixOf(tiny({ nats: () => 0.1 }), 'token')?.shares[0]).toBeCloseTo(0.1 / Math.LN2, 5)
  })
  it('waits for the exact numbers', () => expect(matrixOf(previewed(tiny(), [1, 1, 1, 1, 1, 1]), 'answer')).toBeNull())
  it('sums up squares over the tokens that an input stands before', () => {
    expect([...sumsOfSquares(known, 'patch')]).toEqual([
      [0, 0],
      [1, 14],
      [2, 56],
      [3, 126],
    ])
    expect([...sumsOfSquares(known, 'token').values()]).toEqual([224, 350, 144 + 324, 441])
    expect(sumsOfSquares(previewed(tiny(), [1, 1, 1, 1, 1, 1]), 'patch').size).toBe(0)
  })
  it('shares one maximum but on the scale of each token', () => {
    expect(sharedMaximum(known, 'token')).toBeNull()
    expect(sharedMaximum(known, 'absolute')).toBe(Math.LN10)
    expect(sharedMaximum(tiny({ nats: () => 0 }), 'answer')).toBe(Math.LN2)
  })
})
