import type { Target } from '../../../shared/explanation/record.ts'
import { findTarget } from '../../../shared/explanation/target-ref.ts'
import { explainedTokens } from '../../state/selectors.ts'
import type { State } from '../../state/state.ts'

/** The one target that is explained; `null` when it is several or none. */
export function selectTarget(state: State): Target | null {
  const refs = explainedTokens(state)
  const [only] = refs
  if (only === undefined || refs.length !== 1) return null
  return findTarget(state.explaining.answer?.targets ?? [], only) ?? null
}
