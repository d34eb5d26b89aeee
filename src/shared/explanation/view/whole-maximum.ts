import { standsBefore } from '../../atman/relevance.ts'
import { sequenceOf, tokenPosition } from '../../sequence/sequence.ts'
import { element } from '../../values/element.ts'
import type { GeneratedToken, Input, PatchGrid, RelevanceMatrix, Target, TextToken } from '../record.ts'
import { answerMaximum } from '../scale.ts'

/** What the scale of a whole answer is taken from. */
export interface AnswerParts {
  readonly grid: PatchGrid | null
  readonly prompt: readonly TextToken[]
  readonly completion: readonly GeneratedToken[]
  readonly inputs: readonly Input[]
  readonly targets: readonly Target[]
}

/** Targets of the completion; of an explanation without any, all targets. */
export function answerTargets(targets: readonly Target[]): readonly Target[] {
  const written = targets.filter(({ segment }) => segment === 'completion')
  return written.length === 0 ? targets : written
}

/** Full colour of the answer scale, in nats: one maximum over all tokens of the completion and all inputs that stand before them. */
export function wholeMaximum(parts: AnswerParts, { values, targets: width }: RelevanceMatrix): number {
  const sequence = sequenceOf(parts)
  return answerMaximum(
    answerTargets(parts.targets).flatMap((target) => {
      const before = tokenPosition(sequence, { role: target.segment, index: target.index })
      return parts.inputs
        .filter((input) => standsBefore(input, before))
        .map(({ index }) => element(values, index * width + target.column))
    }),
  )
}
