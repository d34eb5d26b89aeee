import { answerMaximum } from '../../shared/atman/normalise.ts'
import { patchCount } from '../../shared/atman/patch-grid.ts'
import { standsBefore, targetPosition } from '../../shared/atman/relevance.ts'
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

/** Relevance of full colour over all targets of the completion, in nats: of patches, or of text. */
export function fullColour({ inputs, targets, relevance }: Explanation, segment: 'image' | 'text'): number {
  const rows = inputs.filter((input) => (input.segment === 'image') === (segment === 'image'))
  const columns = targets.filter((target) => target.segment === 'completion')
  return answerMaximum(
    rows.flatMap(({ index }) => columns.map(({ column }) => relevance.values[index * relevance.targets + column] ?? 0)),
  )
}

function relevanceOf(explanation: Explanation, target: Target, wanted: (input: Input) => boolean): InputRelevance[] {
  const { inputs, relevance } = explanation
  const at = positionOf(explanation, target)
  return inputs
    .filter((input) => wanted(input) && standsBefore(input, at))
    .map((input) => ({ input, nats: relevance.values[input.index * relevance.targets + target.column] ?? 0 }))
}

/** Where a target stands in the sequence. */
export function positionOf({ grid, prompt }: Explanation, target: Target): ReturnType<typeof targetPosition> {
  return targetPosition(target, grid === null ? 0 : patchCount(grid), prompt.tokens.length)
}
