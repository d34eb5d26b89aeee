import { answerMaximum, isClear } from '../../shared/atman/normalise.ts'
import { patchCount } from '../../shared/atman/patch-grid.ts'
import { standsBefore, targetPosition } from '../../shared/atman/relevance.ts'
import type { InputIndex } from '../../shared/domain/brand.ts'
import type { Explanation, Input, Target } from '../../shared/domain/explanation.ts'

/** An input with what it did for a target. */
export interface InputRelevance {
  readonly input: Input
  /** Relevance, in nats. */
  readonly nats: number
}

/** Relevance of every patch for a target, row by row, in nats; `null` when no patches were suppressed. */
export function patchMap({ grid, inputs, relevance }: Explanation, target: Target): Float32Array | null {
  const patches = inputs.filter(({ kind }) => kind === 'patch')
  if (grid === null || patches.length === 0) return null
  const map = new Float32Array(patchCount(grid))
  for (const { index, row, column } of patches) {
    map[(row ?? 0) * grid.columns + (column ?? 0)] = relevance.values[index * relevance.targets + target.column] ?? 0
  }
  return map
}

/**
 * Words that stand before a target with their relevance, in the order of the text. A word of several tokens takes the place of its tokens;
 * chunks are left out.
 */
export function wordRelevance(explanation: Explanation, target: Target): InputRelevance[] {
  const inside = new Set(explanation.inputs.filter(({ kind }) => kind === 'word').flatMap(({ members }) => members))
  const shown = ({ kind, members }: Input): boolean =>
    kind === 'word' || (kind === 'token' && !members.some((member) => inside.has(member)))
  return relevanceOf(explanation, target, shown).sort((a, b) => (a.input.members[0] ?? 0) - (b.input.members[0] ?? 0))
}

/** Single tokens that stand before a target with their relevance, in the order of the text. */
export function tokenRelevance(explanation: Explanation, target: Target): InputRelevance[] {
  return relevanceOf(explanation, target, ({ kind }) => kind === 'token')
}

/** Sentences or paragraphs that stand before a target with their relevance, in the order of the text. */
export function chunkRelevance(explanation: Explanation, target: Target): InputRelevance[] {
  return relevanceOf(explanation, target, ({ kind }) => kind === 'chunk')
}

/** The patch that the target needed most; `null` when no patches were suppressed. */
export function strongestPatch(explanation: Explanation, target: Target): InputRelevance | null {
  return (
    strongest(
      relevanceOf(explanation, target, ({ kind }) => kind === 'patch'),
      1,
    )[0] ?? null
  )
}

/** The strongest by size of relevance, strongest first. */
export function strongest(list: readonly InputRelevance[], most: number): InputRelevance[] {
  return [...list].sort((a, b) => Math.abs(b.nats) - Math.abs(a.nats)).slice(0, most)
}

/** Those that say something; see `isClear`. */
export function clearOnes(list: readonly InputRelevance[]): InputRelevance[] {
  return list.filter(({ nats }) => isClear([nats]))
}

/** Relevance of full colour over all targets of the completion, in nats: of patches, or of the tokens before each target. */
export function fullColour(explanation: Explanation, segment: 'image' | 'text'): number {
  const kind = segment === 'image' ? 'patch' : 'token'
  const shown = completionTargets(explanation).flatMap((target) =>
    relevanceOf(explanation, target, (input) => input.kind === kind),
  )
  return answerMaximum(shown.map(({ nats }) => nats))
}

/** The targets of the completion; of an explanation without any, all targets. */
export function completionTargets({ targets }: Explanation): readonly Target[] {
  const written = targets.filter(({ segment }) => segment === 'completion')
  return written.length === 0 ? targets : written
}

/**
 * The paper's metric for a whole completion: each input's relevance squared and summed over the targets it stands before, in square nats; by index.
 */
export function sumOfSquares(explanation: Explanation, kind: 'patch' | 'token'): Map<InputIndex, number> {
  const sums = new Map(explanation.inputs.filter((input) => input.kind === kind).map(({ index }) => [index, 0]))
  for (const target of completionTargets(explanation)) {
    for (const { input, nats } of relevanceOf(explanation, target, (each) => each.kind === kind)) {
      sums.set(input.index, (sums.get(input.index) ?? 0) + nats ** 2)
    }
  }
  return sums
}

function relevanceOf(explanation: Explanation, target: Target, wanted: (input: Input) => boolean): InputRelevance[] {
  const { inputs, relevance } = explanation
  const at = positionOf(explanation, target)
  return inputs
    .filter((input) => wanted(input) && standsBefore(input, at))
    .map((input) => ({ input, nats: relevance.values[input.index * relevance.targets + target.column] ?? 0 }))
}

/** Where a target stands in the sequence. */
function positionOf({ grid, prompt }: Explanation, target: Target): ReturnType<typeof targetPosition> {
  return targetPosition(target, grid === null ? 0 : patchCount(grid), prompt.tokens.length)
}
