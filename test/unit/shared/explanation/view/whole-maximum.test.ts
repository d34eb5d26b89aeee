import { describe, expect, it } from 'vitest'
import { answerTargets, wholeMaximum } from '../../../../../src/shared/explanation/view/whole-maximum.ts'
import type { KnownExplanation } from '../../../../../src/shared/explanation/known.ts'
import { knownOf, sequenceOfKnown } from '../../../../../src/shared/explanation/known.ts'
import { targetIndex } from '../../../../../src/shared/values/brand.ts'
import { explanation } from '../../../main/export/hand-made.ts'
import { tiny } from '../tiny.ts'

/** The same with its first target made a token of the prompt: "dog", the second one. */
function withPromptTarget(known: KnownExplanation): KnownExplanation {
  return {
    ...known,
    targets: known.targets.map((target, place) => (place === 0 ? { ...target, segment: 'prompt', index: 1 } : target)),
  }
}

function maximumOf(known: KnownExplanation): number {
  if (known.numbers.kind !== 'exact') throw new Error('no exact numbers')
  return wholeMaximum(known, known.numbers.relevance)
}

describe('the targets of an answer', () => {
  it('are those of the completion', () => {
    const { targets } = withPromptTarget(tiny())
    expect(answerTargets(targets)).toEqual(targets.slice(1))
  })
  it('are all where none is of the completion', () => {
    const targets = withPromptTarget(tiny()).targets.slice(0, 1)
    expect(answerTargets(targets)).toEqual(targets)
  })
})

describe('full colour of a whole answer', () => {
  it('is the 99.9th percentile of |R| over all its tokens and the inputs before them', () => {
    // 6 + 7 + 8 numbers: the share 0.999 of 20 steps is 19.98.
    expect(maximumOf(tiny({ nats: ({ index }, { index: place }) => (index === 2 && place === 1 ? -7 : 1) }))).toBeCloseTo(
      1 + 6 * 0.98,
      10,
    )
  })
  it('leaves out what stands after a token, and targets of the prompt', () => {
    // " ran", the last input, stands in front of the third target only.
    const later = tiny({ nats: ({ index }, { index: place }) => (index === 7 && place < 2 ? 50 : 1) })
    expect(maximumOf(later)).toBe(1)
    const prompt = withPromptTarget(tiny({ nats: (_, { index }) => (index === 0 ? 50 : 2) }))
    expect(maximumOf(prompt)).toBe(2)
  })
  it('takes a target by its column, wherever it stands in the list', () => {
    const known = tiny({ nats: (_, { index }) => [3, 5, 4][index] ?? 9 })
    const [first, , third] = known.targets
    if (first === undefined || third === undefined) throw new Error('no targets')
    expect(maximumOf({ ...known, targets: [third, first] })).toBe(4)
    expect(maximumOf({ ...known, targets: [{ ...first, column: targetIndex(1) }] })).toBe(5)
  })
})

describe('a whole explanation as what is known', () => {
  const whole = explanation()
  it('keeps its parts and computes full colour once', () => {
    const known = knownOf(whole)
    expect(known).toMatchObject({
      grid: { rows: 12, columns: 12, start: 0 },
      inputs: whole.inputs,
      targets: whole.targets,
      picture: whole.picture,
      suppression: whole.parameters.suppression,
      prompt: whole.prompt.tokens,
      completion: whole.completion.tokens,
      joint: [],
    })
    expect(known.numbers).toEqual({ kind: 'exact', relevance: whole.relevance, maximum: maximumOf(known) })
  })
  it('keeps the joint passes it is given', () => {
    const pass = { members: [], neighbours: true, relevance: new Float32Array(3), candidates: new Float32Array(15) }
    expect(knownOf(whole, [pass]).joint).toEqual([pass])
  })
  it('is a sequence of picture, prompt and completion, whose last token is never read', () => {
    expect(sequenceOfKnown(knownOf(whole)).length).toBe(144 + 5 + 2)
    expect(sequenceOfKnown(knownOf(explanation({ picture: null }))).length).toBe(5 + 2)
  })
})
