import { absoluteMaximum } from '../../../shared/explanation/scale.ts'
import type { Scale } from '../../../shared/explanation/question.ts'
import { answerScale } from '../../../shared/explanation/shown-map.ts'
import type { Answer } from '../../state/answer.ts'
import type { State } from '../../state/state.ts'

/** Full colour of two explanations side by side, in nats: one for both, so that their colours mean the same; `null` where each map has its own. */
export function compareMaximum({ first, second }: NonNullable<State['comparing']>, scale: Scale): number | null {
  if (scale === 'token') return null
  return scale === 'absolute' ? absoluteMaximum : Math.max(fullOf(first), fullOf(second))
}

function fullOf({ map, inputs, targets }: Answer): number {
  return map.kind === 'full' ? answerScale(inputs, targets, map.matrix, 'image') : 0
}
