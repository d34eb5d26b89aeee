import { absoluteMaximum, answerMaximum, isClear, largest } from '../../shared/explanation/scale.ts'
import type { Scale } from '../../shared/explanation/question.ts'
import { patchCount } from '../../shared/sequence/patch-grid.ts'
import { standsBefore } from '../../shared/atman/relevance.ts'
import type { InputIndex } from '../../shared/values/brand.ts'
import type { Explanation, Input } from '../../shared/explanation/record.ts'
import type { Subject } from './subject.ts'
import { completionTargets, subjectOf } from './subject.ts'

/** An input with what it did for a subject. */
export interface InputRelevance {
  readonly input: Input
  /** Relevance, in nats. */
  readonly nats: number
}

/** Relevance of every patch for a subject, row by row, in nats; `null` when no patches were suppressed. */
export function patchMap({ grid, inputs }: Explanation, { values }: Subject): Float32Array | null {
  const patches = inputs.filter(({ kind }) => kind === 'patch')
  if (grid === null || patches.length === 0) return null
  const map = new Float32Array(patchCount(grid))
  for (const { index, row, column } of patches) map[(row ?? 0) * grid.columns + (column ?? 0)] = values[index] ?? 0
  return map
}

/**
 * Words that stand before a subject with their relevance, in the order of the text. A word of several tokens takes the place of its tokens;
 * chunks are left out.
 */
export function wordRelevance(explanation: Explanation, subject: Subject): InputRelevance[] {
  const inside = new Set(explanation.inputs.filter(({ kind }) => kind === 'word').flatMap(({ members }) => members))
  const shown = ({ kind, members }: Input): boolean =>
    kind === 'word' || (kind === 'token' && !members.some((member) => inside.has(member)))
  return relevanceOf(explanation, subject, shown).sort((a, b) => (a.input.members[0] ?? 0) - (b.input.members[0] ?? 0))
}

/** Single tokens that stand before a subject with their relevance, in the order of the text. */
export function tokenRelevance(explanation: Explanation, subject: Subject): InputRelevance[] {
  return relevanceOf(explanation, subject, ({ kind }) => kind === 'token')
}

/** Sentences or paragraphs that stand before a subject with their relevance, in the order of the text. */
export function chunkRelevance(explanation: Explanation, subject: Subject): InputRelevance[] {
  return relevanceOf(explanation, subject, ({ kind }) => kind === 'chunk')
}

/** The patch that the subject needed most; `null` when no patches were suppressed. */
export function strongestPatch(explanation: Explanation, subject: Subject): InputRelevance | null {
  const patches = relevanceOf(explanation, subject, ({ kind }) => kind === 'patch')
  return strongest(patches, 1)[0] ?? null
}

/** The strongest by size of relevance, strongest first. */
export function strongest(list: readonly InputRelevance[], most: number): InputRelevance[] {
  return [...list].sort((a, b) => Math.abs(b.nats) - Math.abs(a.nats)).slice(0, most)
}

/** Those that say something; see `isClear`. */
export function clearOnes(list: readonly InputRelevance[]): InputRelevance[] {
  return list.filter(({ nats }) => isClear([nats]))
}

/** Relevance of full colour, in nats: of patches, or of the tokens that stand before what is explained. */
export function fullColour(explanation: Explanation, subject: Subject, segment: 'image' | 'text', scale: Scale): number {
  switch (scale) {
    case 'answer':
      return answerColour(explanation, segment)
    case 'token':
      return largest(natsOf(explanation, subject, segment))
    case 'absolute':
      return absoluteMaximum
  }
}

/** Full colour of the scale "this answer", in nats: one for all tokens of the completion. */
export function answerColour(explanation: Explanation, segment: 'image' | 'text'): number {
  const tokens = completionTargets(explanation).map((target) => subjectOf(explanation, [target]))
  return answerMaximum(tokens.flatMap((token) => natsOf(explanation, token, segment)))
}

/**
 * The paper's metric for a whole completion: each input's relevance squared and summed over the targets it stands before, in square nats; by index.
 */
export function sumOfSquares(explanation: Explanation, kind: 'patch' | 'token'): Map<InputIndex, number> {
  const sums = new Map(explanation.inputs.filter((input) => input.kind === kind).map(({ index }) => [index, 0]))
  for (const target of completionTargets(explanation)) {
    for (const { input, nats } of relevanceOf(explanation, subjectOf(explanation, [target]), (each) => each.kind === kind)) {
      sums.set(input.index, (sums.get(input.index) ?? 0) + nats ** 2)
    }
  }
  return sums
}

function natsOf(explanation: Explanation, subject: Subject, segment: 'image' | 'text'): number[] {
  const kind = segment === 'image' ? 'patch' : 'token'
  return relevanceOf(explanation, subject, (input) => input.kind === kind).map(({ nats }) => nats)
}

function relevanceOf({ inputs }: Explanation, { values, before }: Subject, wanted: (input: Input) => boolean): InputRelevance[] {
  return inputs
    .filter((input) => wanted(input) && standsBefore(input, before))
    .map((input) => ({ input, nats: values[input.index] ?? 0 }))
}
