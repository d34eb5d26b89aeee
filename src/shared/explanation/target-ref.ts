import type { About, TargetRef } from './question.ts'
import type { Target } from './record.ts'

/** Whether two references mean the same token. */
export function sameTarget(first: TargetRef, second: TargetRef): boolean {
  return first.segment === second.segment && first.index === second.index
}

/** The target that a reference means; `undefined` when it is not watched. */
export function findTarget(targets: readonly Target[], ref: TargetRef): Target | undefined {
  return targets.find((target) => sameTarget(target, ref))
}

/** All targets from one token to another of the same segment, either way round; the second alone when they are of different segments. */
export function targetSpan(from: TargetRef, to: TargetRef): TargetRef[] {
  if (from.segment !== to.segment) return [to]
  const first = Math.min(from.index, to.index)
  return Array.from({ length: Math.abs(from.index - to.index) + 1 }, (_, place) => ({
    segment: to.segment,
    index: first + place,
  }))
}

/**
 * The token one step further; stays at either end. Without a token it starts at the first or the last.
 * @param count tokens in the segment
 */
export function stepTarget(from: TargetRef | null, by: 1 | -1, count: number): TargetRef | null {
  if (count === 0) return null
  const segment = from?.segment ?? 'completion'
  if (from === null) return { segment, index: by > 0 ? 0 : count - 1 }
  return { segment, index: Math.max(0, Math.min(count - 1, from.index + by)) }
}

/** Whether one token stands right after another, in the same text. */
export function follows(before: TargetRef, after: TargetRef): boolean {
  return before.segment === after.segment && before.index + 1 === after.index
}

/** What these tokens needed, as the mean over them; the whole answer for none. */
export function tokensAbout(tokens: readonly TargetRef[]): About {
  return tokens.length === 0 ? { kind: 'answer' } : { kind: 'tokens', tokens }
}
