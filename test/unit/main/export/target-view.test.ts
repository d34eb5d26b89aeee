import { describe, expect, it } from 'vitest'
import { inputIndex, position } from '../../../../src/shared/values/brand.ts'
import type { Explanation, Input } from '../../../../src/shared/explanation/record.ts'
import {
  answerColour,
  fullColour,
  patchMap,
  strongest,
  strongestPatch,
  sumOfSquares,
  tokenRelevance,
  wordRelevance,
} from '../../../../src/main/export/target-view.ts'
import type { Subject } from '../../../../src/main/export/subject.ts'
import { subjectOf } from '../../../../src/main/export/subject.ts'
import { explanation } from './hand-made.ts'

function target(of: Explanation, ...columns: number[]): Subject {
  return subjectOf(
    of,
    of.targets.filter(({ column }) => columns.includes(column)),
  )
}

/** The last two prompt tokens as one word, at the end of the rows. */
function withWord(of: Explanation, nats: number): Explanation {
  const word: Input = {
    index: inputIndex(of.inputs.length),
    kind: 'word',
    segment: 'prompt',
    row: null,
    column: null,
    text: 'picture of',
    members: [position(147), position(148)],
  }
  const values = Float32Array.of(...of.relevance.values, ...of.targets.map(() => nats))
  return { ...of, inputs: [...of.inputs, word], relevance: { ...of.relevance, inputs: of.inputs.length + 1, values } }
}

describe('patchMap', () => {
  it('puts every patch in its cell', () => {
    const whole = explanation({ relevance: ({ row, column }) => (row ?? 0) * 100 + (column ?? 0) })
    const map = patchMap(whole, target(whole, 1))
    expect([map?.[0], map?.[13], map?.[143]]).toEqual([0, 101, 1111])
  })

  it('is not there for a document', () => {
    const whole = explanation({ picture: null })
    expect(patchMap(whole, target(whole, 0))).toBeNull()
    expect(strongestPatch(whole, target(whole, 0))).toBeNull()
  })
})

describe('tokenRelevance', () => {
  it('lists only what stands before the target', () => {
    const whole = explanation({ prompt: ['A', ' b'], completion: [' c', ' d', ' e'] })
    expect(tokenRelevance(whole, target(whole, 0)).map(({ input }) => input.text)).toEqual(['A', ' b'])
    expect(tokenRelevance(whole, target(whole, 2)).map(({ input }) => input.text)).toEqual(['A', ' b', ' c', ' d'])
  })
})

describe('wordRelevance', () => {
  it('shows a word in the place of its tokens', () => {
    const whole = withWord(explanation(), 3)
    const words = wordRelevance(whole, target(whole, 1))
    expect(words.map(({ input }) => input.text)).toEqual(['This', ' is', ' a', 'picture of', ' three'])
    expect(words[3]?.nats).toBe(3)
  })
})

describe('strongest', () => {
  it('goes by size, whatever the sign', () => {
    const whole = explanation({ relevance: ({ text }) => ({ ' is': -4, ' of': 2 })[text] ?? 0.1 })
    expect(strongest(wordRelevance(whole, target(whole, 0)), 2).map(({ nats }) => nats)).toEqual([-4, 2])
  })
})

describe('fullColour', () => {
  it('is of the patches or of the tokens, over all targets of the completion', () => {
    const whole = explanation({ relevance: ({ row }, { index }) => (row === null ? 5 : 2) * (index === 2 ? -1 : 0.5) })
    expect([answerColour(whole, 'image'), answerColour(whole, 'text')]).toEqual([2, 5])
    expect(fullColour(whole, target(whole, 0), 'text', 'answer')).toBe(5)
  })

  it('is of the subject alone, or the same for all explanations', () => {
    const whole = explanation({ relevance: ({ row }, { index }) => (row === null ? 5 : 2) * (index === 2 ? -1 : 0.5) })
    expect(fullColour(whole, target(whole, 0), 'image', 'token')).toBe(1)
    expect(fullColour(whole, target(whole, 0, 2), 'image', 'token')).toBe(0.5)
    expect(fullColour(whole, target(whole, 0), 'image', 'absolute')).toBe(Math.LN10)
  })
})

describe('sumOfSquares', () => {
  it('adds only targets that an input stands before', () => {
    const whole = explanation({ prompt: ['A'], completion: [' b', ' c', ' d'], relevance: () => 2 })
    expect([...sumOfSquares(whole, 'token').values()]).toEqual([12, 8, 4])
    expect(sumOfSquares(whole, 'patch').get(inputIndex(0))).toBe(12)
  })
})
