import { completionText } from '../../../src/renderer/state/answer.ts'
import type { State } from '../../../src/renderer/state/state.ts'

/** What the shown answer says; `null` without one. */
export function shownText({ explaining: { answer } }: State): string | null {
  return answer === null ? null : completionText(answer)
}
