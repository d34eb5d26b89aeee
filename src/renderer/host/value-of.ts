import type { Answer } from '../../shared/contract/answer.ts'
import { Refused } from '../../shared/contract/answer.ts'

/**
 * The value in an answer.
 * @throws `Refused` when there is none
 */
export function valueOf<Value>(answer: Answer<Value>): Value {
  if (answer.kind === 'refusal') throw new Refused(answer.refusal)
  return answer.value
}
