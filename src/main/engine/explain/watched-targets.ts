import { targetIndex, tokenId } from '../../../shared/values/brand.ts'
import { element } from '../../../shared/values/element.ts'
import type { Target, TextRole } from '../../../shared/explanation/record.ts'
import type { TargetSelection } from '../../../shared/explanation/parameters.ts'
import type { Sequence } from '../../../shared/sequence/sequence.ts'
import { textTokens, tokenPosition } from '../../../shared/sequence/sequence.ts'
import type { Baseline, WatchedToken } from './pass-runner.ts'

/** A token to be explained and where the model predicts it. */
export interface WatchedTarget extends WatchedToken {
  readonly segment: TextRole
  /** Zero-based place in its segment. */
  readonly index: number
  readonly text: string
}

/**
 * The tokens to be explained, in the order of the sequence. Prompt tokens cost no further pass: the same passes score every position. A token with
 * nothing before it (the first of a text without a picture) is predicted nowhere and left out.
 * @param only zero-based completion token to be explained alone; `null` explains all of them
 */
export function watchedTargets(sequence: Sequence, selection: TargetSelection, only: number | null): WatchedTarget[] {
  const asked = selection === 'all' ? watchedTokens(sequence, 'prompt') : []
  const written = watchedTokens(sequence, 'completion').filter(({ index }) => only === null || index === only)
  return [...asked, ...written].filter(({ at }) => at >= 0)
}

function watchedTokens(sequence: Sequence, segment: TextRole): WatchedTarget[] {
  return textTokens(sequence, segment).map(({ id, text }, index) => ({
    segment,
    index,
    id,
    text,
    at: tokenPosition(sequence, { role: segment, index }) - 1,
  }))
}

/** The columns of the relevance matrix: the watched tokens with what the unchanged run says of them. */
export function targetsOf(watched: readonly WatchedTarget[], { candidates, logprobs }: Baseline): Target[] {
  const width = logprobs.length / watched.length
  return watched.map(({ segment, index, id, text }, column) => ({
    column: targetIndex(column),
    index,
    segment,
    id: tokenId(id),
    text,
    logprob: element(logprobs, column * width),
    candidates: element(candidates, column),
  }))
}
