import type { JointPass } from '../../../shared/explanation/joint-pass.ts'
import type { KnownExplanation } from '../../../shared/explanation/known.ts'
import { knownOf } from '../../../shared/explanation/known.ts'
import type { Question, Scale } from '../../../shared/explanation/question.ts'
import type { Explanation } from '../../../shared/explanation/record.ts'

/** What is reported to a terminal or a pipe. */
export interface Reported {
  readonly explanation: Explanation
  readonly known: KnownExplanation
  /** What was asked; `null` where nothing was, so that the token that needed most is shown. */
  readonly question: Question | null
  readonly scale: Scale
}

/** A record and a question as they are reported. */
export function reported(
  explanation: Explanation,
  question: Question | null,
  scale: Scale,
  joint: readonly JointPass[] = [],
): Reported {
  return { explanation, known: knownOf(explanation, joint), question, scale }
}
