import type { ReactNode } from 'react'
import type { Target } from '../../../shared/explanation/record.ts'
import { useApp } from '../../hooks/workspace-context.ts'
import { explainedTokens, isBusy, selectStale } from '../../state/selectors.ts'
import { selectFocusWords } from '../tokens/focus-words.ts'
import { formatLogprob, formatProbability } from './probability.ts'
import { selectTarget } from './explained-target.ts'

/** The explained token, large, with its probability. */
export function TokenSection(): ReactNode {
  const words = useApp(selectFocusWords)
  const target = useApp(selectTarget)
  const count = useApp((state) => explainedTokens(state).length)
  const whyNot = useApp(({ viewing }) => (viewing.preview === null ? viewing.whyNot : null))
  const stale = useApp(selectStale)
  const known = useApp(({ explaining }) => explaining.answer !== null && explaining.answer.map.kind !== 'none')
  const busy = useApp(isBusy)
  const other = whyNot === null ? undefined : target?.candidates[whyNot]
  if (!known)
    return (
      <section className="token-section" aria-label="Explained token">
        <h2 className="token-name pending">{busy ? 'Writing…' : 'Not explained'}</h2>
        <p className="note">
          {busy ? 'The first, coarse map comes in a moment.' : 'The work ended before there was a map. Write again to have one.'}
        </p>
      </section>
    )
  return (
    <section className="token-section" aria-label="Explained token">
      <div className="headline">
        <h2 className="token-name">{words}</h2>
        <span className="muted">{numbersOf(target, count)}</span>
      </div>
      {other !== undefined && (
        <p className="note">
          why {words}, and not {other.text.trim()}: the map shows the difference
        </p>
      )}
      {stale && <p className="note stale">computed with other parameters</p>}
    </section>
  )
}

function numbersOf(target: Target | null, count: number): string {
  if (target !== null) return `p ${formatProbability(target.logprob)} · ${formatLogprob(target.logprob)}`
  return count === 1 ? 'not computed yet' : `mean of ${count} tokens`
}
