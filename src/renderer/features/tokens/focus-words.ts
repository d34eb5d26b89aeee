import { findTarget } from '../../../shared/explanation/target-ref.ts'
import { shortToken } from '../../components/token-text.tsx'
import { explainedTokens } from '../../state/selectors.ts'
import type { State } from '../../state/state.ts'

/** What is explained, in words: “dog”, “three cats”, the whole answer. */
export function selectFocusWords(state: State): string {
  const { answer } = state.explaining
  const { pinned, preview } = state.viewing
  if (answer === null || (pinned.length === 0 && preview === null)) return 'The whole answer'
  const refs = explainedTokens(state)
  const texts = refs.map((ref) => {
    const tokens = ref.segment === 'prompt' ? answer.prompt : answer.completion.tokens
    return findTarget(answer.targets, ref)?.text ?? tokens[ref.index]?.text ?? ''
  })
  return shortToken(texts.join(''))
}
