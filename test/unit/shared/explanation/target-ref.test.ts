import { fc, it as law } from '@fast-check/vitest'
import { describe, expect, it } from 'vitest'
import {
  findTarget,
  follows,
  sameTarget,
  stepTarget,
  targetSpan,
  tokensAbout,
} from '../../../../src/shared/explanation/target-ref.ts'
import { tiny } from './tiny.ts'

const completion = (index: number) => ({ segment: 'completion', index }) as const
const prompt = (index: number) => ({ segment: 'prompt', index }) as const
const place = fc.nat(20)

describe('targetSpan', () => {
  law.prop([place, place])('holds both ends and everything between, in order, either way round', (from, to) => {
    const span = targetSpan(completion(from), completion(to))
    expect(span).toEqual(targetSpan(completion(to), completion(from)))
    expect(span.map(({ index }) => index)).toEqual(
      Array.from({ length: Math.abs(from - to) + 1 }, (_, step) => Math.min(from, to) + step),
    )
  })

  it('does not reach from the prompt into the completion', () => {
    expect(targetSpan(prompt(1), completion(2))).toEqual([completion(2)])
  })
})

describe('stepTarget', () => {
  law.prop([fc.integer({ min: 1, max: 20 }), place, fc.constantFrom<1 | -1>(1, -1)])(
    'never leaves the text',
    (count, from, by) => {
      const next = stepTarget(completion(from % count), by, count)
      expect(next?.index).toBeGreaterThanOrEqual(0)
      expect(next?.index).toBeLessThan(count)
    },
  )

  it('begins at the first token forwards, at the last one backwards, and nowhere in an empty text', () => {
    expect(stepTarget(null, 1, 3)).toEqual(completion(0))
    expect(stepTarget(null, -1, 3)).toEqual(completion(2))
    expect(stepTarget(null, 1, 0)).toBeNull()
    expect(stepTarget(prompt(0), 1, 0)).toBeNull()
    expect(stepTarget(null, 1, 1)).toEqual(completion(0))
  })

  it('goes one further in the same text and stays at either end', () => {
    expect([stepTarget(prompt(1), 1, 3), stepTarget(prompt(1), -1, 3)]).toEqual([prompt(2), prompt(0)])
    expect([stepTarget(prompt(2), 1, 3), stepTarget(completion(0), -1, 3)]).toEqual([prompt(2), completion(0)])
  })
})

describe('sameTarget', () => {
  it('tells the prompt from the completion', () => {
    expect(sameTarget(prompt(1), completion(1))).toBe(false)
    expect(sameTarget(prompt(1), prompt(1))).toBe(true)
  })
})

describe('findTarget', () => {
  const { targets } = tiny()
  it('finds the target that is meant, in its own text', () => {
    expect(findTarget(targets, completion(1))?.text).toBe(' ran')
    expect(findTarget(targets, prompt(1))).toBeUndefined()
    expect(findTarget(targets, completion(3))).toBeUndefined()
  })
})

describe('follows', () => {
  it('is said of the next token of the same text alone', () => {
    expect(follows(prompt(1), prompt(2))).toBe(true)
    expect([follows(prompt(2), prompt(1)), follows(prompt(1), prompt(3)), follows(prompt(1), completion(2))]).toEqual([
      false,
      false,
      false,
    ])
  })
})

it('no tokens mean the whole answer', () => {
  expect(tokensAbout([])).toEqual({ kind: 'answer' })
  expect(tokensAbout([prompt(1)])).toEqual({ kind: 'tokens', tokens: [prompt(1)] })
})
