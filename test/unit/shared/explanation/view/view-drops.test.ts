import { describe, expect, it } from 'vitest'
import type { Claim } from '../../../../../src/shared/explanation/claim.ts'
import type { KnownExplanation } from '../../../../../src/shared/explanation/known.ts'
import { defaultSuppression } from '../../../../../src/shared/explanation/parameters.ts'
import type { Part } from '../../../../../src/shared/explanation/question.ts'
import { drawnDrops, dropNumbers, partLabel } from '../../../../../src/shared/explanation/view/view-drops.ts'
import { positions, previewed, tiny } from '../tiny.ts'

const claim: Claim = { measure: 'odds', tokens: 2, suppression: defaultSuppression, exactness: { kind: 'exact' } }
const patches = (...places: number[]): Part => ({ kind: 'patches', positions: positions(...places) })
const text = (...places: number[]): Part => ({ kind: 'text', positions: positions(...places) })
const known = tiny({ nats: ({ index }, { index: place }) => 10 * index + place, words: [[0, 1]] })
const natsOf = (of: KnownExplanation, part: Part) => dropNumbers(of, part, claim).drops?.map(({ nats }) => nats)

describe('the drops without a part', () => {
  it('are the row of the input that it is', () => {
    expect(dropNumbers(known, patches(3), claim)).toEqual({
      part: patches(3),
      label: 'row 2, column 2',
      title: 'Without row 2, column 2',
      words: 'log-probability that each token loses, in one pass (f 0.90, with neighbours (κ 0.70), exact)',
      suppressed: { members: 1, neighbours: true },
      drops: [
        { segment: 'completion', index: 0, text: ' dog', label: 'dog (1)', nats: 30 },
        { segment: 'completion', index: 1, text: ' ran', label: 'ran', nats: 31 },
        { segment: 'completion', index: 2, text: ' dog', label: 'dog (2)', nats: 32 },
      ],
    })
  })
  it('of a word of several tokens come from its own pass, without neighbours', () => {
    const word = dropNumbers(known, text(4, 5), claim)
    expect(word.suppressed).toEqual({ members: 2, neighbours: false })
    expect(word.drops?.map(({ nats }) => nats)).toEqual([80, 81, 82])
  })
  it('of a token with κ off had no neighbours either', () => {
    const alone = tiny({ suppression: { threshold: null } })
    expect(dropNumbers(alone, patches(0), claim).suppressed).toEqual({ members: 1, neighbours: false })
    expect(dropNumbers(alone, patches(0, 1), claim).suppressed).toEqual({ members: 2, neighbours: false })
    expect(dropNumbers(known, patches(0, 1), claim).suppressed).toEqual({ members: 2, neighbours: true })
  })
  it('are those of the tokens after the last of its positions', () => {
    // "a dog" stands at 4 and 5, " dog ran dog" at 6 to 8.
    expect(natsOf(known, text(5))).toEqual([50, 51, 52])
    expect(natsOf(known, text(6))).toEqual([61, 62])
    expect(natsOf(known, text(7))).toEqual([72])
  })
  it('of other positions are not there until their own pass was run', () => {
    const pass = (members: number[], nats: number) => ({
      members: positions(...members),
      neighbours: true,
      relevance: Float32Array.of(nats, nats + 1, nats + 2),
      candidates: new Float32Array(15),
    })
    const asked = { ...known, joint: [pass([0, 1], 5), pass([0, 2], 7)] }
    expect(natsOf(known, patches(0, 2))).toBeUndefined()
    expect(dropNumbers(known, patches(0, 2), claim).drops).toBeNull()
    expect(natsOf(asked, patches(0, 2))).toEqual([7, 8, 9])
    expect(natsOf(asked, patches(0, 3))).toBeUndefined()
  })
  it('of an input are not there before the exact numbers', () => {
    const early = { ...known, numbers: { kind: 'none' } } as const
    expect(dropNumbers(early, patches(3), claim)).toMatchObject({ drops: null, suppressed: { members: 1, neighbours: true } })
  })
  it('are always exact, whatever the map is', () => {
    const early = previewed(known, [1, 1, 1, 1, 1, 1])
    const preview: Claim = { ...claim, exactness: { kind: 'preview', rows: 1, columns: 2 } }
    expect(dropNumbers(early, patches(3), preview).words).toContain(', exact)')
  })
  it('are drawn as shares of full colour', () => {
    const drawn = drawnDrops(dropNumbers(known, patches(3), claim), 62)
    expect(drawn.drops?.map(({ share }) => share)).toEqual([30 / 62, 0.5, 32 / 62])
    expect(drawnDrops(dropNumbers(known, patches(0, 2), claim), 62).drops).toBeNull()
  })
})

describe('a part in words', () => {
  it('is its cell, the number of its cells, or its text', () => {
    expect(partLabel(known, patches(1))).toBe('row 1, column 2')
    expect(partLabel(known, patches(0, 1, 2))).toBe('3 patches')
    expect(partLabel(known, text(4, 5))).toBe('“a dog”')
    expect(partLabel(known, text(7))).toBe('“ran”')
  })
  it('has cells where it is of patches', () => {
    expect(() => partLabel(known, patches(5))).toThrow('the cell at position 5 is missing')
  })
})
