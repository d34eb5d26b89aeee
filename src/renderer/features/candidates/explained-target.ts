import type { Target } from '../../../shared/domain/explanation.ts'
import { findTarget } from '../../../shared/view/target-ref.ts'
import { explainedTokens } from '../../stores/selectors.ts'
import type { State } from '../../stores/state.ts'

/** The one target that is explained; `null` when it is several or none. */
export function selectTarget(state: State): Target | null {
  const refs = explainedTokens(state)
  const [only] = refs
  if (only === undefined || refs.length !== 1) return null
  return findTarget(state.explaining.answer?.targets ?? [], only) ?? null
}
