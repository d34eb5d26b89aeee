import { describe, expect, it } from 'vitest'
import { comparedViews, viewOf } from '../../../../src/shared/explanation/view.ts'
import { ask, positions, previewed, tiny } from './tiny.ts'

const close = (values: ArrayLike<number>) => Array.from(values, (value) => Number(value.toFixed(4)))

describe('the map of one token', () => {
  const known = tiny({ nats: ({ index }, { index: place }) => (place === 0 ? index : 10) })
  const view = viewOf(known, ask([0], { scale: 'token' }))

  it('has the relevance of every patch for it', () => expect(close(view.map?.values ?? [])).toEqual([0, 1, 2, 3]))
  it('colours it by the one scale, whose full colour is the largest that is shown, words included', () => {
    expect(view.scale).toMatchObject({ kind: 'token', reach: 'token', maximum: 5, words: 'scale: this token' })
    expect(close(view.map?.shares ?? [])).toEqual([0, 0.2, 0.4, 0.6])
    expect(view.words.map(({ nats, share }) => [nats, share])).toEqual([
      [4, 0.8],
      [5, 1],
    ])
  })
  it('marks the cell that supports most', () => expect(view.map?.strongest).toBe(3))
  it('names the token, its probability and the strongest parts', () => {
    expect(view.title).toBe('“dog (1)”')
    expect(view.detail).toBe('p 0.61 · −0.50 nats')
    expect(view.summary).toBe(
      '“dog (1)”: strongest row 2, column 2 (+3.00 nats); row 2, column 1 (+2.00 nats); row 1, column 2 (+1.00 nats).',
    )
    expect(view.method).toBe('AtMan, shifted · suppression f 0.90 · neighbourhood κ 0.70 · layers all')
    expect(view.notes).toEqual([])
  })
})

describe('full colour', () => {
  const weak = tiny({ nats: () => 0.2 })

  it('never stands for less than ln 2', () => {
    expect(viewOf(weak, ask([0], { scale: 'token' })).scale.maximum).toBe(Math.LN2)
    expect(viewOf(weak, ask([0])).scale.maximum).toBe(Math.LN2)
    expect(viewOf(weak, ask([])).scale.maximum).toBe(Math.LN2)
  })
  it('of the answer is one for all its tokens, of the inputs that stand before them', () => {
    // The last input, " ran" at position 7, stands after the first two targets.
    const known = tiny({ nats: ({ index }, { index: place }) => (index === 7 && place < 2 ? 100 : place === 2 ? 4 : 1) })
    for (const place of [0, 1, 2]) expect(viewOf(known, ask([place])).scale).toMatchObject({ reach: 'answer', maximum: 4 })
  })
  it('is ten times as likely on the absolute scale, whatever is shown', () => {
    for (const question of [ask([0]), ask([]), ask([0], { against: { kind: 'candidate', place: 1 } })])
      expect(viewOf(tiny(), { ...question, scale: 'absolute' }).scale).toMatchObject({ reach: 'absolute', maximum: Math.LN10 })
  })
  it('of a span or the whole answer is its own, so that it is not blank beside one strong token', () => {
    const known = tiny({ nats: (_, { index }) => (index === 1 ? 90 : 0) })
    expect(viewOf(known, ask([0, 2])).scale).toMatchObject({ reach: 'mean', maximum: Math.LN2, words: 'scale: this mean' })
    const whole = viewOf(known, ask([]))
    expect(whole.scale).toMatchObject({ reach: 'mean', maximum: 30 })
    expect(close(whole.map?.shares ?? [])).toEqual([1, 1, 1, 1])
  })
  it('has marks at the ends, half-way and zero', () => {
    expect(viewOf(tiny({ nats: () => 3 }), ask([0])).scale.ticks).toEqual([
      { at: 0, nats: -3, label: '−3.0' },
      { at: 0.25, nats: -1.5, label: '−1.5' },
      { at: 0.5, nats: 0, label: '0' },
      { at: 0.75, nats: 1.5, label: '+1.5' },
      { at: 1, nats: 3, label: '+3.0' },
    ])
  })
})

describe('a mean', () => {
  const view = viewOf(tiny({ nats: (_, { index }) => index * 3 }), ask([]))
  it('is worded as such', () => {
    expect(view.title).toBe('The whole answer')
    expect(view.detail).toBe('mean of 3 tokens')
    expect(view.scale.unit).toBe('nats, mean of 3 tokens; +0.69 = twice as likely with this patch')
    expect(view.claim).toMatchObject({ measure: 'likelihood', tokens: 3 })
  })
  it('is the mean over the tokens', () => expect(close(view.map?.values ?? [])).toEqual([3, 3, 3, 3]))
  it('explains no single token, so none is later than it', () => {
    expect(view.tokens.map(({ look }) => look)).toEqual(['before', 'before', 'before', 'before', 'before'])
  })
  it('of a span names its words and what is left out between them', () => {
    expect(viewOf(tiny(), ask([0, 1])).title).toBe('“dog ran”')
    expect(viewOf(tiny(), ask([2, 0])).title).toBe('“dog… dog”')
  })
})

describe('why one token and not another', () => {
  const known = tiny({ nats: ({ index }) => index + 1, lost: (_, __, place) => (place === 1 ? 3 : 0) })
  const view = viewOf(known, ask([0], { against: { kind: 'candidate', place: 1 } }))

  it('is the difference of what the two lost', () => expect(close(view.map?.values ?? [])).toEqual([-2, -1, 0, 1]))
  it('is worded and scaled as odds', () => {
    expect(view.title).toBe('why “dog (1)” and not “cat”')
    expect(view.detail).toBe('odds of “dog (1)” against “cat” · p 0.61 · −0.50 nats')
    expect(view.scale).toMatchObject({ reach: 'difference', maximum: 3, unit: 'nats; +0.69 = twice the odds with this patch' })
    expect(view.claim.measure).toBe('odds')
  })
  it('marks the rival among the candidates', () => {
    expect(view.candidates.map(({ label, own, compared }) => [label, own, compared])).toEqual([
      ['dog', true, false],
      ['cat', false, true],
      ['other2', false, false],
      ['other3', false, false],
      ['other4', false, false],
    ])
  })
  it('is asked of one token only', () => {
    expect(viewOf(known, ask([0, 1], { against: { kind: 'candidate', place: 1 } })).claim.measure).toBe('likelihood')
  })
  it('refuses a candidate that is not there', () => {
    expect(() => viewOf(known, ask([0], { against: { kind: 'candidate', place: 4 } }))).not.toThrow()
    const few = { ...known, targets: known.targets.map((target) => ({ ...target, candidates: target.candidates.slice(0, 2) })) }
    expect(() => viewOf(few, ask([0], { against: { kind: 'candidate', place: 2 } }))).toThrow('no candidate 2')
  })
})

describe('a map that says nothing', () => {
  it('is grey, keeps its numbers and says so', () => {
    const view = viewOf(tiny({ nats: () => -0.099 }), ask([0]))
    expect(view.map).toMatchObject({ tone: 'grey', strongest: null })
    expect(close(view.map?.values ?? [])).toEqual([-0.099, -0.099, -0.099, -0.099])
    expect(view.notes).toEqual(['no clear relevance'])
    expect(view.summary).toBe('“dog (1)”: no clear relevance.')
  })
  it('begins below a tenth of a nat', () => {
    const view = viewOf(tiny({ nats: ({ index }) => (index === 0 ? -0.1001 : 0) }), ask([0]))
    expect(view.map?.tone).toBe('colour')
    expect(view.notes).toEqual([])
  })
  it('is judged by its patches, not by its words', () => {
    expect(viewOf(tiny({ nats: ({ kind }) => (kind === 'patch' ? 0 : 5) }), ask([0])).notes).toEqual(['no clear relevance'])
  })
  it('of a text is judged by its words', () => {
    expect(viewOf(tiny({ picture: false, nats: () => 0.01 }), ask([0])).notes).toEqual(['no clear relevance'])
    expect(viewOf(tiny({ picture: false, nats: () => 1 }), ask([0])).notes).toEqual([])
    const summaryOf = (nats: number) => viewOf(tiny({ picture: false, prompt: ['a'], nats: () => nats }), ask([0])).summary
    expect([summaryOf(0.01), summaryOf(1)]).toEqual(['“dog (1)”: no clear relevance.', '“dog (1)”: strongest “a” (+1.00 nats).'])
  })
  it('is never said of f = 0', () => {
    const view = viewOf(tiny({ nats: () => 0, suppression: { strength: 0 } }), ask([0]))
    expect(view.notes).toEqual(['f is 0: nothing was suppressed, so every relevance is 0'])
    expect(view.map?.tone).toBe('colour')
  })
  it('is never said of a preview', () => {
    const view = viewOf(previewed(tiny(), [0, 0, 0, 0, 0, 0]), ask([0]))
    expect(view.notes).toEqual([])
    expect(view.map?.tone).toBe('colour')
    expect(view.claim.exactness).toEqual({ kind: 'preview', rows: 1, columns: 2 })
  })
})

describe('the tones', () => {
  const tonesOf = (wish: Parameters<typeof tiny>[0], change = {}) => viewOf(tiny(wish), ask([0], change)).tones

  it('are grey for each part that says nothing, by itself', () => {
    const only = (loud: string) => tonesOf({ chunks: [[0, 1]], nats: ({ kind }) => (kind === loud ? 5 : 0.01) })
    expect(only('patch')).toEqual({ words: 'grey', passages: 'grey', drops: 'grey', legend: 'colour' })
    expect(only('token')).toEqual({ words: 'colour', passages: 'grey', drops: 'grey', legend: 'grey' })
    expect(only('chunk')).toEqual({ words: 'grey', passages: 'colour', drops: 'grey', legend: 'grey' })
  })
  it('of the drops are those of the part that is left out', () => {
    const without = { kind: 'patches', positions: positions(2) }
    expect(tonesOf({ nats: ({ index }) => (index === 2 ? 5 : 0.01) }, { without }).drops).toBe('colour')
    expect(tonesOf({ nats: ({ index }) => (index === 3 ? 5 : 0.01) }, { without }).drops).toBe('grey')
  })
  it('of the legend are those of the words where there is no map', () => {
    expect(tonesOf({ picture: false, nats: () => 0.01 }).legend).toBe('grey')
    expect(tonesOf({ picture: false, nats: () => 5 }).legend).toBe('colour')
  })
  it('are never grey where f is 0', () => {
    const none = { words: 'colour', passages: 'colour', drops: 'colour', legend: 'colour' }
    expect(tonesOf({ nats: () => 0, suppression: { strength: 0 } })).toEqual(none)
  })
})

describe('a preview', () => {
  it('has the numbers of its blocks for what is asked', () => {
    const view = viewOf(previewed(tiny(), [1, 2, 3, 4, 5, 6]), ask([1]))
    expect(view.map).toMatchObject({ rows: 1, columns: 2, grid: { rows: 2, columns: 2 } })
    expect(close(view.map?.values ?? [])).toEqual([2, 5])
    expect(view.words).toEqual([])
  })
  it('keeps the scale of the first one while it is refined', () => {
    const scaleOf = (values: number[], first: number[], scale: 'answer' | 'token') =>
      viewOf(previewed(tiny(), values, first), ask([1], { scale })).scale.maximum
    expect(scaleOf([9, 9, 9, 9, 9, 9], [1, 2, 1, 1, 3, 1], 'token')).toBe(3)
    expect(scaleOf([9, 9, 9, 9, 9, 9], [4, 4, 4, 4, 4, 4], 'answer')).toBe(4)
  })
  it('has no numbers of other candidates, so it shows no comparison', () => {
    expect(viewOf(previewed(tiny(), [1, 2, 3, 4, 5, 6]), ask([1], { against: { kind: 'candidate', place: 1 } })).map).toBeNull()
  })
})

describe('before there is any number', () => {
  it('there is a title and no map', () => {
    const view = viewOf({ ...tiny(), numbers: { kind: 'none' } }, ask([1]))
    expect(view.map).toBeNull()
    expect(view.words).toEqual([])
    expect(view.title).toBe('“ran”')
    expect(view.summary).toBe('No map yet.')
    expect(view.notes).toEqual([])
  })
  it('a token that is not watched is not computed yet', () => {
    const view = viewOf(tiny(), { ...ask([]), about: { kind: 'tokens', tokens: [{ segment: 'prompt', index: 1 }] } })
    expect(view.detail).toBe('not computed yet')
    expect(view.title).toBe('“dog”')
    expect(view.map).toBeNull()
  })
})

describe('two views side by side', () => {
  const [strong, weak] = [tiny({ nats: () => 8 }), tiny({ nats: () => 2 })]
  it('have one scale, the larger of the two', () => {
    const views = comparedViews({ known: weak, question: ask([0]) }, { known: strong, question: ask([1]) })
    expect(views.map(({ scale }) => [scale.maximum, scale.reach, scale.words])).toEqual([
      [8, 'both', 'scale: both answers'],
      [8, 'both', 'scale: both answers'],
    ])
    expect(views.map(({ map }) => close(map?.shares ?? [])[0])).toEqual([0.25, 1])
  })
  it('keep the absolute scale', () => {
    const [first] = comparedViews(
      { known: weak, question: ask([0], { scale: 'absolute' }) },
      { known: strong, question: ask([0], { scale: 'absolute' }) },
    )
    expect(first.scale).toMatchObject({ reach: 'absolute', maximum: Math.LN10 })
  })
})

describe('the reverse question', () => {
  const known = tiny({
    nats: ({ index }, { index: place }) => index + place / 10,
    words: [[0, 1]],
  })

  it('of a single patch is its own row, with the neighbours it was suppressed with', () => {
    const { without } = viewOf(known, ask([0], { without: { kind: 'patches', positions: positions(2) } }))
    expect(without).toMatchObject({ label: 'row 2, column 1', title: 'Without row 2, column 1' })
    expect(without?.words).toBe('log-probability that each token loses, in one pass (f 0.90, with neighbours (κ 0.70), exact)')
    expect(without?.drops?.map(({ label, nats }) => [label, Number(nats.toFixed(3))])).toEqual([
      ['dog (1)', 2],
      ['ran', 2.1],
      ['dog (2)', 2.2],
    ])
  })
  it('of a word of several tokens is its own row, which was one pass without neighbours', () => {
    const { without } = viewOf(known, ask([0], { without: { kind: 'text', positions: positions(4, 5) } }))
    expect(without?.title).toBe('Without “a dog”')
    expect(without?.words).toContain('f 0.90, 2 suppressed together, without neighbours, exact')
    expect(without?.drops?.[0]?.nats).toBe(8)
  })
  it('of a lasso needs a joint pass and takes its numbers from it alone', () => {
    const lasso = { kind: 'patches', positions: positions(0, 1, 3) } as const
    const asked = viewOf(known, ask([0], { without: lasso }))
    expect(asked.without?.drops).toBeNull()
    expect(asked.without?.title).toBe('Without 3 patches')
    const joint = [
      { members: positions(0, 1, 3), neighbours: true, relevance: Float32Array.of(5, 6, 7), candidates: new Float32Array(15) },
    ]
    const { without } = viewOf({ ...known, joint }, ask([0], { without: lasso }))
    expect(without?.drops?.map(({ nats }) => nats)).toEqual([5, 6, 7])
    expect(without?.words).toContain('3 suppressed together, with neighbours (κ 0.70), exact')
  })
  it('leaves out tokens that stand before or in the part', () => {
    const { without } = viewOf(known, ask([2], { without: { kind: 'text', positions: positions(7) } }))
    expect(without?.drops?.map(({ index }) => index)).toEqual([2])
  })
  it('stands on one scale with the map, which grows where the drops are larger', () => {
    const joint = [
      { members: positions(0, 1), neighbours: true, relevance: Float32Array.of(80, 0, -40), candidates: new Float32Array(15) },
    ]
    const view = viewOf({ ...known, joint }, ask([0], { without: { kind: 'patches', positions: positions(0, 1) } }))
    expect(view.scale).toMatchObject({ reach: 'drops', maximum: 80 })
    expect(view.without?.drops?.map(({ share }) => share)).toEqual([1, 0, -0.5])
    expect(view.tokens.map(({ drop, dropShare }) => [drop, dropShare]).slice(2)).toEqual([
      [80, 1],
      [0, 0],
      [-40, -0.5],
    ])
  })
})
