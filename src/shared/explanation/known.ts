import { sequenceOf } from '../sequence/sequence.ts'
import type { Sequence } from '../sequence/sequence.ts'
import type { JointPass } from './joint-pass.ts'
import type { Suppression } from './parameters.ts'
import type { AnswerParts } from './view/whole-maximum.ts'
import { wholeMaximum } from './view/whole-maximum.ts'
import type { Explanation, RelevanceMatrix, Target } from './record.ts'

/** A map of blocks of patches, shown until the exact one is there: relevance `[rows * columns, targets]` in nats. */
export interface PreviewMap {
  readonly rows: number
  readonly columns: number
  readonly targets: readonly Target[]
  readonly values: Float32Array
}

/** How much of the relevance is known. */
export type Numbers =
  | { readonly kind: 'none' }
  /** `first` is the preview that came first: its scale holds until the exact map is there. */
  | { readonly kind: 'preview'; readonly map: PreviewMap; readonly first: PreviewMap }
  /** `maximum` is full colour of the answer scale, in nats: the same for every question, so it is computed once. */
  | { readonly kind: 'exact'; readonly relevance: RelevanceMatrix; readonly maximum: number }

/** An explanation as far as it is known: while it is computed, after it was cancelled, or whole. Views are made from it. */
export interface KnownExplanation extends Pick<Explanation, 'picture' | 'grid' | 'inputs' | 'targets'> {
  readonly suppression: Suppression
  readonly prompt: Explanation['prompt']['tokens']
  readonly completion: Explanation['completion']['tokens']
  readonly numbers: Numbers
  /** Parts that were suppressed together for a reverse question, beside the inputs. */
  readonly joint: readonly JointPass[]
}

/** The exact numbers of an explanation. */
export function exactNumbers(parts: AnswerParts, relevance: RelevanceMatrix): Numbers {
  return { kind: 'exact', relevance, maximum: wholeMaximum(parts, relevance) }
}

/** A whole explanation as what is known. */
export function knownOf(explanation: Explanation, joint: readonly JointPass[] = []): KnownExplanation {
  const { picture, grid, inputs, targets, parameters, prompt, completion, relevance } = explanation
  return {
    picture,
    grid,
    inputs,
    targets,
    suppression: parameters.suppression,
    prompt: prompt.tokens,
    completion: completion.tokens,
    numbers: exactNumbers({ grid, inputs, targets, prompt: prompt.tokens, completion: completion.tokens }, relevance),
    joint,
  }
}

/** The sequence of what is known. */
export function sequenceOfKnown({ grid, prompt, completion }: KnownExplanation): Sequence {
  return sequenceOf({ grid, prompt, completion })
}
