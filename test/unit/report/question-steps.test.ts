import { describe, expect, it } from 'vitest'
import { askAgainst, askToken, askWithout, stepBack } from '../../../src/report/question-steps.ts'
import { knownOf } from '../../../src/shared/explanation/known.ts'
import type { Question } from '../../../src/shared/explanation/question.ts'
import { wholeAnswer } from '../../../src/shared/explanation/question.ts'
import { explanation } from '../main/export/hand-made.ts'

const known = knownOf(explanation())
const token = (index: number) => ({ segment: 'completion', index }) as const
const about = (...places: number[]): Question => ({ ...wholeAnswer, about: { kind: 'tokens', tokens: places.map(token) } })

describe('askToken', () => {
  it('asks about the token alone, and about the whole answer when it was alone already', () => {
    expect(askToken(wholeAnswer, known, token(1), false)).toEqual(about(1))
    expect(askToken(about(1), known, token(1), false)).toEqual(wholeAnswer)
    expect(askToken(about(0, 1), known, token(1), false)).toEqual(about(1))
  })

  it('takes all watched tokens from the first to the clicked one, either way round', () => {
    expect(askToken(about(0), known, token(2), true)).toEqual(about(0, 1, 2))
    expect(askToken(about(2), known, token(1), true)).toEqual(about(1, 2))
    const unwatched = { ...known, targets: known.targets.filter(({ index }) => index !== 1) }
    expect(askToken(about(0), unwatched, token(2), true)).toEqual(about(0, 2))
  })

  it('keeps the record it is compared with, but no candidate of another token', () => {
    expect(askToken(askAgainst(about(0), 2), known, token(1), false).against).toEqual({ kind: 'nothing' })
    const against = { kind: 'record', entry: '0f8b4c1e-0000-4000-8000-000000000000', about: wholeAnswer.about } as const
    expect(askToken({ ...about(0), against }, known, token(1), false).against).toEqual(against)
  })
})

describe('askWithout', () => {
  it('asks about the cell’s position, and no more when it was asked about already', () => {
    const asked = askWithout(about(1), known, { row: 1, column: 1 })
    expect(asked.without).toEqual({ kind: 'patches', positions: [13] })
    expect(askWithout(asked, known, { row: 1, column: 1 }).without).toBeNull()
    expect(askWithout(asked, known, { row: 0, column: 2 }).without).toEqual({ kind: 'patches', positions: [2] })
  })

  it('asks nothing about a cell that was not suppressed', () => {
    const textOnly = { ...known, inputs: known.inputs.filter(({ kind }) => kind !== 'patch') }
    expect(askWithout(about(1), textOnly, { row: 1, column: 1 })).toEqual(about(1))
  })
})

describe('stepBack', () => {
  it('lets the part go first, then the token', () => {
    const asked = askWithout(about(1), known, { row: 0, column: 0 })
    expect(stepBack(asked)).toEqual(about(1))
    expect(stepBack(about(1))).toEqual(wholeAnswer)
  })
})
