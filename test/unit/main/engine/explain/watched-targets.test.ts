import { describe, expect, it } from 'vitest'
import { targetsOf, watchedTargets } from '../../../../../src/main/engine/explain/watched-targets.ts'
import type { PatchGrid } from '../../../../../src/shared/explanation/record.ts'
import { sequenceOf } from '../../../../../src/shared/sequence/sequence.ts'
import { tokenId } from '../../../../../src/shared/values/brand.ts'
import { tokensOf } from '../../../shared/sequence/tokens.ts'

const sequenceWith = (grid: PatchGrid | null) =>
  sequenceOf({ grid, prompt: tokensOf('What', ' is', ' it'), completion: tokensOf(' A', ' cat') })
const placesOf = (...asked: Parameters<typeof watchedTargets>) =>
  watchedTargets(...asked).map(({ segment, index, text, at }) => [segment, index, text, at])

describe('watchedTargets', () => {
  it('are predicted one position earlier', () => {
    expect(placesOf(sequenceWith({ rows: 2, columns: 2, start: 0 }), 'completion', null)).toEqual([
      ['completion', 0, ' A', 6],
      ['completion', 1, ' cat', 7],
    ])
  })
  it('begin with the prompt where it is asked for; its first token needs something before it', () => {
    expect(placesOf(sequenceWith({ rows: 2, columns: 2, start: 0 }), 'all', null).slice(0, 3)).toEqual([
      ['prompt', 0, 'What', 3],
      ['prompt', 1, ' is', 4],
      ['prompt', 2, ' it', 5],
    ])
    expect(placesOf(sequenceWith(null), 'all', null)).toEqual([
      ['prompt', 1, ' is', 0],
      ['prompt', 2, ' it', 1],
      ['completion', 0, ' A', 2],
      ['completion', 1, ' cat', 3],
    ])
  })
  it('step over a picture in the middle of the prompt', () => {
    expect(placesOf(sequenceWith({ rows: 2, columns: 2, start: 2 }), 'all', null)).toEqual([
      ['prompt', 1, ' is', 0],
      ['prompt', 2, ' it', 5],
      ['completion', 0, ' A', 6],
      ['completion', 1, ' cat', 7],
    ])
  })
  it('are one completion token where only that is asked for', () => {
    expect(placesOf(sequenceWith(null), 'completion', 1)).toEqual([['completion', 1, ' cat', 3]])
    expect(placesOf(sequenceWith(null), 'all', 0).map(([segment, index]) => [segment, index])).toEqual([
      ['prompt', 1],
      ['prompt', 2],
      ['completion', 0],
    ])
  })
})

describe('targetsOf', () => {
  it('number the columns and take each one’s own log-probability and candidates', () => {
    const watched = watchedTargets(sequenceWith(null), 'completion', null)
    const candidate = (id: number) => ({ id: tokenId(id), text: `c${id}`, logprob: -id })
    const candidates = [
      [candidate(1), candidate(2)],
      [candidate(3), candidate(4)],
    ]
    const targets = targetsOf(watched, { candidates, logprobs: Float32Array.of(-0.5, -1, -2, -0.25, -3, -4) })
    expect(targets).toEqual([
      { column: 0, index: 0, segment: 'completion', id: 0, text: ' A', logprob: -0.5, candidates: candidates[0] },
      { column: 1, index: 1, segment: 'completion', id: 1, text: ' cat', logprob: -0.25, candidates: candidates[1] },
    ])
  })
})
