import type { JointPass } from '../../../shared/explanation/joint-pass.ts'
import { knownOf } from '../../../shared/explanation/known.ts'
import type { Part, Question } from '../../../shared/explanation/question.ts'
import { candidateCount } from '../../../shared/explanation/record.ts'
import type { Explanation } from '../../../shared/explanation/record.ts'
import { viewOf } from '../../../shared/explanation/view.ts'
import { needsPass } from '../../../shared/explanation/view/view-drops.ts'
import { element } from '../../../shared/values/element.ts'
import type { ExplainRequest } from '../../engine/engine.ts'
import type { CommandEngine } from '../terminal.ts'

/** The part whose own pass a question still needs; `null` where the record has its row. */
export function missingPart(explanation: Explanation, question: Question): Part | null {
  const { without } = viewOf(knownOf(explanation), question)
  return without !== null && needsPass(without) ? without.part : null
}

/** Suppresses a part of an explanation in one pass; the request is the one that was explained. */
export async function jointPassOf(
  engine: Pick<CommandEngine, 'jointPasses'>,
  { picture, prompt, suppression, targets }: ExplainRequest,
  explanation: Explanation,
  { positions }: Part,
  signal: AbortSignal,
): Promise<JointPass> {
  const completion = explanation.completion.tokens.map(({ id }) => id)
  const passes = await engine.jointPasses({ picture, prompt, completion, suppression, targets, parts: [positions] }, signal)
  return forTargets(element(passes, 0), explanation)
}

/** The pass for the targets of a record, which may hold fewer tokens of the completion than the pass. */
function forTargets(pass: JointPass, { targets, completion }: Explanation): JointPass {
  const asked = targets.filter(({ segment }) => segment === 'prompt').length
  if (pass.relevance.length !== asked + completion.tokens.length) throw new RangeError('the pass is about other targets')
  const columns = targets.map(({ segment, index, column }) => (segment === 'prompt' ? column : asked + index))
  return {
    ...pass,
    relevance: Float32Array.from(columns, (column) => element(pass.relevance, column)),
    candidates: Float32Array.from(
      columns.flatMap((column) => [...pass.candidates.subarray(column * candidateCount, (column + 1) * candidateCount)]),
    ),
  }
}
