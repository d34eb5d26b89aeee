import { describe, expect, it } from 'vitest'
import { askedOf } from '../../../../../src/main/cli/question/asked.ts'
import type { GivenQuestion } from '../../../../../src/main/cli/question/asked.ts'
import { jointPassOf, missingPart } from '../../../../../src/main/cli/question/joint-pass.ts'
import { questionOf } from '../../../../../src/main/cli/question/question-of.ts'
import type { ExplainRequest } from '../../../../../src/main/engine/engine.ts'
import { knownOf } from '../../../../../src/shared/explanation/known.ts'
import type { Explanation } from '../../../../../src/shared/explanation/record.ts'
import { question } from '../../../../../src/shared/explanation/question.ts'
import { targetIndex } from '../../../../../src/shared/values/brand.ts'
import { explanation } from '../../export/hand-made.ts'

const ask = (given: GivenQuestion, whole: Explanation = explanation()) =>
  questionOf(knownOf(whole), whole.prompt.text, askedOf(given))

/** 144 patches, then the tokens of the prompt. */
const inPrompt = (...places: number[]) => places.map((place) => 144 + place)

describe('a question on the command line', () => {
  it('is about the whole answer when nothing is named, on the scale of the answer', () => {
    expect(ask({})).toEqual({ about: { kind: 'answer' }, against: { kind: 'nothing' }, without: null, scale: 'answer' })
  })

  it('is about the tokens that are named, as one', () => {
    const tokens = [0, 2].map((index) => ({ segment: 'completion', index }))
    expect(ask({ tokens: [0, 2] }).about).toEqual({ kind: 'tokens', tokens })
  })

  it('is about the only token that was explained', () => {
    const whole = explanation()
    const alone = { ...whole, targets: whole.targets.slice(1, 2).map((target) => ({ ...target, column: targetIndex(0) })) }
    expect(ask({}, alone).about).toEqual({ kind: 'tokens', tokens: [{ segment: 'completion', index: 1 }] })
  })

  it.each([
    [' four', 2],
    ['four', 2],
    ['2', 1],
    ['5', 4],
  ])('finds the candidate %j at place %i', (whyNot, place) => {
    const asked = ask({ tokens: [0], whyNot })
    expect(asked.against).toEqual({ kind: 'candidate', place })
    expect(question.parse(asked)).toEqual(asked)
  })

  it.each([
    ['4,7', [3 * 12 + 6]],
    ['4,7 4,8', [42, 43]],
    [' 12 , 12 ', [143]],
  ])('counts the cells %j from 1', (without, positions) => {
    expect(ask({ without: [without] }).without).toEqual({ kind: 'patches', positions })
  })

  it('takes parts together, ascending, each once', () => {
    expect(ask({ without: ['1,3', '1,1 1,3'] }).without).toEqual({ kind: 'patches', positions: [0, 2] })
  })

  it.each([
    ['picture', [3]],
    ['“picture”', [3]],
    ['"a picture"', [2, 3]],
    ['three', [5]],
  ])('finds the text %s', (without, places) => {
    expect(ask({ without: [without] }).without).toEqual({ kind: 'text', positions: inPrompt(...places) })
  })

  it('tells equal words apart by their numbers', () => {
    const whole = explanation({ prompt: ['the', ' cat', ' the'] })
    expect(ask({ without: ['the (2)'] }, whole).without?.positions).toEqual(inPrompt(2))
    expect(() => ask({ without: ['the'] }, whole)).toThrow('“the (1)”, “the (2)”')
  })

  it.each<[GivenQuestion, string]>([
    [{ tokens: [7] }, 'There is no token 7'],
    [{ whyNot: 'four' }, '--why-not: it asks about one token'],
    [{ tokens: [0], whyNot: 'dog' }, '--why-not: "dog" is none of the candidates: 1 three, 2 two, 3 four, 4 a, 5 some'],
    [{ tokens: [0], whyNot: '6' }, '"6" is none of the candidates'],
    [{ without: ['13,1'] }, '--without: 13,1 is outside of the picture, which has 12 rows and 12 columns'],
    [{ without: ['0,1'] }, '0,1 is outside'],
    [{ without: ['1,1', 'picture'] }, 'not both at once'],
    [{ without: ['unicorn'] }, 'there is no “unicorn” in the prompt'],
    [{ without: ['.'] }, 'there is no “.” in the prompt'],
  ])('refuses %j', (given, sentence) => {
    expect(() => ask(given)).toThrow(sentence)
  })
})

describe('the pass of a part', () => {
  it('is not needed where the record has its row', () => {
    expect(missingPart(explanation(), ask({ without: ['4,7'] }))).toBeNull()
    expect(missingPart(explanation(), ask({ without: ['4,7 4,8'] }))?.positions).toEqual([42, 43])
  })

  it('keeps the record’s targets only, of a pass over all tokens', async () => {
    const whole = explanation()
    const alone = { ...whole, targets: whole.targets.slice(1, 2).map((target) => ({ ...target, column: targetIndex(0) })) }
    const part = { kind: 'patches', positions: [] } as const
    const pass = {
      members: [],
      neighbours: true,
      relevance: Float32Array.of(1, 2, 3),
      candidates: Float32Array.from({ length: 15 }, (_, at) => at),
    }
    const engine = { jointPasses: async () => [pass] }
    const got = await jointPassOf(engine, {} as ExplainRequest, alone, part, new AbortController().signal)
    expect([[...got.relevance], [...got.candidates]]).toEqual([[2], [5, 6, 7, 8, 9]])
  })
})
