import type { KnownExplanation } from '../../../shared/explanation/known.ts'
import { knownOf } from '../../../shared/explanation/known.ts'
import type { Scale } from '../../../shared/explanation/question.ts'
import type { Explanation } from '../../../shared/explanation/record.ts'
import type { View } from '../../../shared/explanation/view.ts'

/** What is reported to a terminal or a pipe. */
export interface Reported {
  readonly explanation: Explanation
  readonly known: KnownExplanation
  /** Answers to what was asked, both sides of a comparison; empty where nothing was, so that the token that needed most is shown. */
  readonly answers: readonly View[]
  readonly scale: Scale
}

/** An explanation as it is reported. */
export function reported(explanation: Explanation, answers: readonly View[], scale: Scale): Reported {
  return { explanation, known: knownOf(explanation), answers, scale }
}
