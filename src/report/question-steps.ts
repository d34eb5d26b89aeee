import type { KnownExplanation } from '../shared/explanation/known.ts'
import { samePart } from '../shared/explanation/part.ts'
import type { Question, TargetRef } from '../shared/explanation/question.ts'
import { findTarget, sameTarget, targetSpan, tokensAbout } from '../shared/explanation/target-ref.ts'
import type { Cell } from '../shared/sequence/patch-grid.ts'
import { patchAt } from '../shared/sequence/patch-grid.ts'

/** The same asked about other tokens; about the whole answer for none. A candidate belongs to its token and is let go. */
export function askAbout(question: Question, tokens: readonly TargetRef[]): Question {
  const against: Question['against'] = question.against.kind === 'candidate' ? { kind: 'nothing' } : question.against
  return { ...question, about: tokensAbout(tokens), against }
}

/**
 * After a click on a token: it alone, the whole answer when it was asked about alone already, or all watched tokens between.
 * @param extend whether the tokens asked about are extended to this one
 */
export function askToken(question: Question, { targets }: KnownExplanation, token: TargetRef, extend: boolean): Question {
  const [first, ...others] = question.about.kind === 'tokens' ? question.about.tokens : []
  if (first === undefined) return askAbout(question, [token])
  if (extend)
    return askAbout(
      question,
      targetSpan(first, token).filter((ref) => findTarget(targets, ref) !== undefined),
    )
  return askAbout(question, others.length === 0 && sameTarget(first, token) ? [] : [token])
}

/** After a click on a candidate: why the token and not this one; nothing more of it when it was asked already. */
export function askAgainst(question: Question, place: number): Question {
  const { against } = question
  const again = against.kind === 'candidate' && against.place === place
  return { ...question, against: again ? { kind: 'nothing' } : { kind: 'candidate', place } }
}

/** After a click on a patch: which tokens drop without it; nothing more of it when it was asked already. */
export function askWithout(question: Question, { grid, inputs }: KnownExplanation, cell: Cell): Question {
  if (grid === null || !inputs.some(({ row, column }) => row === cell.row && column === cell.column)) return question
  const part = { kind: 'patches' as const, positions: [patchAt(grid, cell)] }
  const again = question.without !== null && samePart(question.without, part)
  return { ...question, without: again ? null : part }
}

/** After Escape: the reverse question is let go; without one, the whole answer is asked about. */
export function stepBack(question: Question): Question {
  return question.without === null ? askAbout(question, []) : { ...question, without: null }
}
