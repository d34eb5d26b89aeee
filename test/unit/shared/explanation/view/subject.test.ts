import { describe, expect, it } from 'vitest'
import type { KnownExplanation } from '../../../../../src/shared/explanation/known.ts'
import type { TargetRef } from '../../../../../src/shared/explanation/question.ts'
import { subjectOf } from '../../../../../src/shared/explanation/view/subject.ts'
import { ask, tiny } from '../tiny.ts'

const prompt = (index: number): TargetRef => ({ segment: 'prompt', index })
const completion = (index: number): TargetRef => ({ segment: 'completion', index })
const of = (known: KnownExplanation, ...tokens: TargetRef[]) => subjectOf(known, { kind: 'tokens', tokens })

/** The same with the prompt's "dog" watched in the place of the first token of the completion. */
function watchingPrompt(known: KnownExplanation): KnownExplanation {
  return { ...known, targets: known.targets.map((target, place) => (place === 0 ? { ...target, ...prompt(1) } : target)) }
}

describe('what a view is about', () => {
  it('of one token is the token', () => {
    expect(of(tiny(), completion(1))).toMatchObject({
      refs: [completion(1)],
      targets: [{ column: 1 }],
      whole: false,
      label: 'ran',
      words: '“ran”',
      numbers: 'p 0.61 · −0.50 nats',
      // 4 patches, 2 tokens of the prompt, 1 of the completion.
      before: 7,
    })
  })
  it('of several is their text, in the order of the sequence, with dots for what is left out', () => {
    expect(of(tiny(), completion(1), completion(0)).label).toBe('dog ran')
    expect(of(tiny(), completion(2), completion(0)).label).toBe('dog… dog')
    expect(of(tiny(), completion(0), prompt(1), prompt(0))).toMatchObject({
      refs: [prompt(0), prompt(1), completion(0)],
      label: 'a dog… dog',
      before: 4,
    })
  })
  it('counts the watched ones alone', () => {
    expect(of(tiny(), prompt(0), completion(0), completion(1)).numbers).toBe('mean of 2 tokens')
    expect(of(tiny(), prompt(0))).toMatchObject({ targets: [], numbers: 'not computed yet', before: 4 })
  })
  it('of the whole answer is every watched token of the completion', () => {
    const whole = subjectOf(watchingPrompt(tiny()), ask([]).about)
    expect(whole).toMatchObject({
      refs: [completion(1), completion(2)],
      whole: true,
      label: 'the whole answer',
      words: 'the whole answer',
      numbers: 'mean of 2 tokens',
      before: 7,
    })
  })
  it('of the whole answer is every watched token where none is of the completion', () => {
    const known = watchingPrompt(tiny())
    expect(subjectOf({ ...known, targets: known.targets.slice(0, 1) }, ask([]).about)).toMatchObject({
      refs: [prompt(1)],
      before: 5,
    })
  })
})
