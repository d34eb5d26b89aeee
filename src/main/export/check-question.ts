import { fail } from '../../shared/contract/failure.ts'
import type { About, Part, Question } from '../../shared/explanation/question.ts'
import type { Explanation } from '../../shared/explanation/record.ts'
import { findTarget } from '../../shared/explanation/target-ref.ts'
import { cellAt, isRead, sequenceOf } from '../../shared/sequence/sequence.ts'
import { position } from '../../shared/values/brand.ts'
import { element } from '../../shared/values/element.ts'

/**
 * Whether a question from outside can be asked of an explanation.
 * @throws `token-out-of-range` for a token that is not watched; `request-invalid` for a candidate or a part that the explanation does not have
 */
export function checkQuestion(explanation: Explanation, { about, against, without }: Omit<Question, 'scale'>): void {
  checkTokens(explanation, about)
  if (against.kind === 'candidate') checkCandidate(explanation, about, against.place)
  if (without !== null) checkPart(explanation, without)
}

function checkTokens({ targets, completion }: Explanation, about: About): void {
  if (about.kind === 'answer') return
  const unknown = about.tokens.find((ref) => findTarget(targets, ref) === undefined)
  if (unknown !== undefined) fail('token-out-of-range', { token: unknown.index, tokens: completion.tokens.length })
}

function checkCandidate({ targets }: Explanation, about: About, place: number): void {
  const only = about.kind === 'tokens' && about.tokens.length === 1 ? about.tokens[0] : undefined
  const candidates = only === undefined ? undefined : findTarget(targets, only)?.candidates
  if (candidates === undefined || place >= candidates.length) refuse('only a single token is compared with one of its candidates')
}

function checkPart({ grid, prompt, completion }: Explanation, { kind, positions }: Part): void {
  const sequence = sequenceOf({ grid, prompt: prompt.tokens, completion: completion.tokens })
  const fits = (at: number): boolean => isRead(sequence, at) && (cellAt(sequence, position(at)) !== null) === (kind === 'patches')
  const ascending = positions.every((at, place) => place === 0 || at > element(positions, place - 1))
  if (positions.length === 0 || !ascending || !positions.every(fits)) refuse('the part is not one of what the model read')
}

function refuse(reason: string): never {
  return fail('request-invalid', { method: 'export.make', reason })
}
