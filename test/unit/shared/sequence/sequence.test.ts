import { fc, it } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import type { TextRole } from '../../../../src/shared/explanation/text-role.ts'
import type { Sequence, SequenceParts } from '../../../../src/shared/sequence/sequence.ts'
import {
  cellAt,
  isRead,
  pictureSegments,
  readPositions,
  segmentAt,
  segmentLength,
  sequenceOf,
  textSegments,
  tokenAt,
  tokenPosition,
} from '../../../../src/shared/sequence/sequence.ts'
import { position } from '../../../../src/shared/values/brand.ts'
import { tokensOf } from './tokens.ts'

/** Positions of all pictures. */
const picturePositions = (sequence: Sequence) => pictureSegments(sequence).flatMap((segment) => readPositions(sequence, segment))
const firstOf = (sequence: Sequence, role: TextRole) => tokenPosition(sequence, { role, index: 0 })

const prompt = tokensOf('See', ' this', ':', ' what', '?')
const completion = tokensOf(' A', ' cat', '.')
/** Two words, six cells, three words, an answer of three tokens of which two are read. */
const middle: SequenceParts = { grid: { rows: 2, columns: 3, start: 2 }, prompt, completion }

const parts = fc
  .record({
    prompt: fc.integer({ min: 1, max: 5 }),
    completion: fc.integer({ min: 0, max: 4 }),
    before: fc.nat(5),
    grid: fc.option(fc.record({ rows: fc.integer({ min: 1, max: 4 }), columns: fc.integer({ min: 1, max: 4 }) })),
  })
  .map((size): SequenceParts => {
    const words = (count: number) => tokensOf(...Array.from({ length: count }, (_, place) => ` w${place}`))
    return {
      grid: size.grid && { ...size.grid, start: Math.min(size.before, size.prompt) },
      prompt: words(size.prompt),
      completion: words(size.completion),
    }
  })

describe('sequenceOf', () => {
  it('lays a picture between the prompt tokens before and after it', () => {
    expect(sequenceOf(middle)).toEqual({
      segments: [
        { kind: 'text', role: 'prompt', start: 0, first: 0, tokens: prompt.slice(0, 2) },
        { kind: 'picture', start: 2, rows: 2, columns: 3 },
        { kind: 'text', role: 'prompt', start: 8, first: 2, tokens: prompt.slice(2) },
        { kind: 'text', role: 'completion', start: 11, first: 0, tokens: completion },
      ],
      length: 13,
    })
  })
  it('puts a picture with nothing before it at the front', () => {
    const { segments, length } = sequenceOf({ ...middle, grid: { rows: 2, columns: 3, start: 0 } })
    expect(segments.map(({ kind, start }) => [kind, start])).toEqual([
      ['picture', 0],
      ['text', 6],
      ['text', 11],
    ])
    expect(length).toBe(13)
  })
  it('has no picture for a text, and no completion while nothing is written', () => {
    const { segments, length } = sequenceOf({ grid: null, prompt, completion: [] })
    expect(segments).toEqual([{ kind: 'text', role: 'prompt', start: 0, first: 0, tokens: prompt }])
    expect(length).toBe(5)
  })
  it('reads all of a completion but its last token', () => {
    const one = sequenceOf({ grid: null, prompt, completion: completion.slice(0, 1) })
    expect(one.length).toBe(5)
    expect(textSegments(one, 'completion').map((segment) => readPositions(one, segment))).toEqual([[]])
  })
  it('refuses a picture behind the prompt', () => {
    expect(() => sequenceOf({ ...middle, grid: { rows: 1, columns: 1, start: 6 } })).toThrow(/position 6/)
  })
  it.prop([parts])('has segments in order, without gaps and none empty, one position longer than what is read', (given) => {
    const { segments, length } = sequenceOf(given)
    let end = 0
    for (const segment of segments) {
      expect(segment.start).toBe(end)
      expect(segmentLength(segment)).toBeGreaterThan(0)
      end += segmentLength(segment)
    }
    expect(length).toBe(end - (given.completion.length > 0 ? 1 : 0))
  })
})

describe('positions', () => {
  const sequence = sequenceOf(middle)

  it('counts the picture’s cells where it stands', () => {
    expect(picturePositions(sequence)).toEqual([2, 3, 4, 5, 6, 7])
    expect(cellAt(sequence, position(2))).toEqual({ row: 0, column: 0 })
    expect(cellAt(sequence, position(6))).toEqual({ row: 1, column: 1 })
    expect(cellAt(sequence, position(1))).toBeNull()
    expect(cellAt(sequence, position(8))).toBeNull()
  })
  it('finds tokens on both sides of the picture', () => {
    expect(tokenPosition(sequence, { role: 'prompt', index: 1 })).toBe(1)
    expect(tokenPosition(sequence, { role: 'prompt', index: 2 })).toBe(8)
    expect(tokenPosition(sequence, { role: 'completion', index: 2 })).toBe(13)
    expect(tokenAt(sequence, position(8))).toEqual({ role: 'prompt', index: 2, token: prompt[2] })
    expect(tokenAt(sequence, position(7))).toBeNull()
  })
  it('starts a text at its first token', () => {
    expect(tokenPosition(sequence, { role: 'prompt', index: 0 })).toBe(0)
    expect(tokenPosition(sequence, { role: 'completion', index: 0 })).toBe(11)
    expect(firstOf(sequenceOf({ ...middle, grid: { rows: 2, columns: 3, start: 0 } }), 'prompt')).toBe(6)
    expect(() => firstOf(sequenceOf({ ...middle, completion: [] }), 'completion')).toThrow(/no token 0/)
  })
  it('knows what is outside', () => {
    expect(() => segmentAt(sequence, 14)).toThrow(/position 14 .* 14 positions/)
    expect(() => segmentAt(sequence, -1)).toThrow(RangeError)
    expect(() => tokenPosition(sequence, { role: 'completion', index: 3 })).toThrow(/completion has no token 3/)
    expect(() => tokenPosition(sequence, { role: 'prompt', index: -1 })).toThrow(RangeError)
  })
  it('reads every position but the last token’s', () => {
    expect([-1, 0, 12, 13, 0.5].map((at) => isRead(sequence, at))).toEqual([false, true, true, false, false])
  })
  it('says how long a sequence is that has no such position', () => {
    expect(() => segmentAt(sequenceOf(middle), 14)).toThrow('position 14 lies outside a sequence of 14 positions')
    expect(() => segmentAt(sequenceOf({ grid: null, prompt: [], completion: [] }), 0)).toThrow('a sequence of 0 positions')
  })
  it.prop([parts])('gives every position exactly one token or one cell, and back', (given) => {
    const sequence = sequenceOf(given)
    for (let at = 0; at < sequence.length; at++) {
      const token = tokenAt(sequence, position(at))
      expect(token === null).toBe(picturePositions(sequence).includes(position(at)))
      expect(cellAt(sequence, position(at)) === null).toBe(token !== null)
      if (token !== null) expect(tokenPosition(sequence, token)).toBe(at)
    }
  })
  it.prop([parts])('agrees with the count of patches wherever the picture comes first', ({ grid, prompt, completion }) => {
    const sequence = sequenceOf({ grid: grid && { ...grid, start: 0 }, prompt, completion })
    const patches = picturePositions(sequence).length
    prompt.forEach((_, index) => expect(tokenPosition(sequence, { role: 'prompt', index })).toBe(patches + index))
    completion.forEach((_, index) =>
      expect(tokenPosition(sequence, { role: 'completion', index })).toBe(patches + prompt.length + index),
    )
  })
})
