import { patchCount } from '../../shared/sequence/patch-grid.ts'
import { spanRelevance, targetPosition } from '../../shared/atman/relevance.ts'
import type { Position } from '../../shared/values/brand.ts'
import { position } from '../../shared/values/brand.ts'
import type { Explanation, Target } from '../../shared/explanation/record.ts'
import { fail } from '../../shared/contract/failure.ts'

/** What a drawing is about: one token, or several as one. */
export interface Subject {
  /** In the order of the text; empty only where an explanation has no targets. */
  readonly targets: readonly Target[]
  /** Relevance of every input, in nats: the token's, or the mean over the tokens. */
  readonly values: Float32Array
  /** Where the first token stands: only what is before it is shown. */
  readonly before: Position
}

/** Some targets of an explanation as one subject. */
export function subjectOf(explanation: Explanation, targets: readonly Target[]): Subject {
  const ordered = [...targets].sort((one, other) => one.column - other.column)
  return {
    targets: ordered,
    values: spanRelevance(
      explanation.relevance,
      ordered.map(({ column }) => column),
    ),
    before: position(Math.min(...ordered.map((target) => positionOf(explanation, target)))),
  }
}

/**
 * The targets that tokens of the completion stand for.
 * @param tokens zero-based places in the completion; empty for the whole completion
 * @throws `token-out-of-range` for one that is not watched
 */
export function chosenTargets(explanation: Explanation, tokens: readonly number[]): readonly Target[] {
  if (tokens.length === 0) return completionTargets(explanation)
  const { targets, completion } = explanation
  return [...new Set(tokens)].map(
    (token) =>
      targets.find(({ segment, index }) => segment === 'completion' && index === token) ??
      fail('token-out-of-range', { token, tokens: completion.tokens.length }),
  )
}

/** The targets of the completion; of an explanation without any, all targets. */
export function completionTargets({ targets }: Explanation): readonly Target[] {
  const written = targets.filter(({ segment }) => segment === 'completion')
  return written.length === 0 ? targets : written
}

/** The subject's own words, with an ellipsis where tokens are left out. */
export function subjectText({ targets }: Pick<Subject, 'targets'>): string {
  return targets.map((target, place) => (follows(target, targets[place - 1]) ? target.text : `…${target.text}`)).join('')
}

/** Where a target stands in the sequence. */
export function positionOf({ grid, prompt }: Explanation, target: Target): Position {
  return targetPosition(target, grid === null ? 0 : patchCount(grid), prompt.tokens.length)
}

function follows(target: Target, before: Target | undefined): boolean {
  return before === undefined || (before.segment === target.segment && before.index + 1 === target.index)
}
