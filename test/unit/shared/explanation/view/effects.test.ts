import { describe, expect, it } from 'vitest'
import { failureOf } from '../../../../../src/shared/contract/failure.ts'
import type { KnownExplanation } from '../../../../../src/shared/explanation/known.ts'
import type { About, Against } from '../../../../../src/shared/explanation/question.ts'
import { effectsOf, knowsCandidate, rivalOf } from '../../../../../src/shared/explanation/view/effects.ts'
import { subjectOf } from '../../../../../src/shared/explanation/view/subject.ts'
import { viewCandidates } from '../../../../../src/shared/explanation/view/view-candidates.ts'
import { ask, previewed, tiny } from '../tiny.ts'

const nothing: Against = { kind: 'nothing' }
const against = (place: number): Against => ({ kind: 'candidate', place })
const known = tiny({
  nats: ({ index }, { index: place }) => index + 10 * place,
  lost: ({ index }, _, place) => index * place,
})
const of = (whole: KnownExplanation, places: readonly number[], rival: Against = nothing) =>
  effectsOf(whole, subjectOf(whole, ask(places).about), rival)

describe('what every input did', () => {
  it('for a token is its column', () => {
    expect(of(known, [1])).toEqual({
      inputs: Float32Array.of(10, 11, 12, 13, 14, 15, 16, 17),
      blocks: null,
      firstBlocks: null,
      claim: { measure: 'likelihood', tokens: 1, suppression: known.suppression, exactness: { kind: 'exact' } },
    })
  })
  it('for several tokens is their mean', () => {
    expect([...(of(known, [0, 2]).inputs ?? [])]).toEqual([10, 11, 12, 13, 14, 15, 16, 17])
    expect(of(known, [0, 2]).claim.tokens).toBe(2)
  })
  it('for one token and not another is the difference of the two', () => {
    // The target lost index + 10, the candidate 3 · index.
    expect([...(of(known, [1], against(3)).inputs ?? [])]).toEqual([10, 8, 6, 4, 2, 0, -2, -4])
    expect(of(known, [1], against(3)).claim.measure).toBe('odds')
  })
  it('is not known before there are numbers, and never of a token that is not watched', () => {
    const none = { inputs: null, blocks: null, firstBlocks: null }
    expect(of({ ...known, numbers: { kind: 'none' } }, [1])).toMatchObject(none)
    expect(of({ ...known, targets: [] }, [1])).toMatchObject({ ...none, claim: { tokens: 0 } })
    expect(of({ ...previewed(known, [1, 2, 3, 4, 5, 6]), targets: [] }, [1])).toMatchObject(none)
  })
  it('of a preview is told by its blocks, and by those of the first one', () => {
    const early = previewed(known, [1, 2, 3, 4, 5, 6], [7, 8, 9, 10, 11, 12])
    expect(of(early, [1])).toMatchObject({
      inputs: null,
      blocks: Float32Array.of(2, 5),
      firstBlocks: Float32Array.of(8, 11),
      claim: { measure: 'likelihood', exactness: { kind: 'preview', rows: 1, columns: 2 } },
    })
    expect([...(of(early, [0, 1]).blocks ?? [])]).toEqual([1.5, 4.5])
    expect(of(early, [1], against(1))).toMatchObject({
      inputs: null,
      blocks: null,
      firstBlocks: null,
      claim: { measure: 'odds' },
    })
  })
})

describe('the rival of a token', () => {
  const rival = (whole: KnownExplanation, about: About, to: Against) => rivalOf(whole.numbers, subjectOf(whole, about), to)
  const about = (...places: number[]) => ask(places).about

  it('is a candidate of the only token that is asked about', () => {
    expect(rival(known, about(1), against(2))).toBe(2)
    expect(rival(known, about(1), nothing)).toBeNull()
    expect(rival(known, about(0, 1), against(2))).toBeNull()
    expect(rival({ ...known, targets: [] }, about(1), against(2))).toBeNull()
  })
  it('is one of its candidates', () => expect(() => rival(known, about(1), against(5))).toThrow('the token has no candidate 5'))

  // What the third candidate of the second token lost is not known.
  const gap = tiny({ lost: (_, { index }, place) => (index === 1 && place === 2 ? Number.NaN : 0.5) })
  it('is refused by name where it is not known what it lost', () => {
    let thrown: unknown
    try {
      rival(gap, about(1), against(2))
    } catch (error) {
      thrown = error
    }
    expect(failureOf(thrown)).toMatchObject({ code: 'candidate-unknown', data: { token: ' ran', candidate: ' other2' } })
    expect([rival(gap, about(1), against(1)), rival(gap, about(0), against(2)), rival(gap, about(2), against(2))]).toEqual([
      1, 2, 2,
    ])
  })
  it('is known, too, where there are no exact numbers or no inputs', () => {
    const [, second] = gap.targets
    if (second === undefined || gap.numbers.kind !== 'exact') throw new Error('no target')
    const { relevance, maximum } = gap.numbers
    const without = { ...relevance, inputs: 0, candidates: new Float32Array(0) }
    expect(knowsCandidate(gap.numbers, second, 2)).toBe(false)
    expect(knowsCandidate({ kind: 'none' }, second, 2)).toBe(true)
    expect(knowsCandidate({ kind: 'exact', relevance: without, maximum }, second, 2)).toBe(true)
  })
  it('cannot be picked where it is not known, is the token itself, or is none of the five', () => {
    const candidates = viewCandidates(gap, subjectOf(gap, about(1)), against(1))
    expect(candidates.map(({ comparable, compared, own }) => [comparable, compared, own])).toEqual([
      [false, false, true],
      [true, true, false],
      [false, false, false],
      [true, false, false],
      [true, false, false],
    ])
    const targets = gap.targets.map((target) => ({ ...target, candidates: target.candidates.slice(1) }))
    const sampled = viewCandidates(gap, { ...subjectOf(gap, about(1)), targets: targets.slice(1, 2) }, nothing)
    expect(sampled.at(-1)).toMatchObject({ own: true, comparable: false, compared: false, place: null, text: ' ran', id: 11 })
    expect(sampled[0]?.probability).toBeCloseTo(Math.exp(-2))
  })
  it('is none where a token has no candidates', () => {
    const targets = known.targets.map((target) => ({ ...target, candidates: [] }))
    expect(viewCandidates(known, { ...subjectOf(known, about(1)), targets: targets.slice(1, 2) }, nothing)).toEqual([])
  })
})
