import type { ReactNode } from 'react'
import { ProbabilityBar } from '../../components/bar.tsx'
import { TokenText, shortToken } from '../../components/token-text.tsx'
import { useApp, useWorkspace } from '../../hooks/workspace-context.ts'
import { formatProbability } from './probability.ts'
import { selectTarget } from './explained-target.ts'

const places = [0, 1, 2, 3, 4] as const

/** The five most probable tokens at the explained place. Choosing another one turns the map into the difference. */
export function Candidates(): ReactNode {
  const { pinning } = useWorkspace()
  const target = useApp(selectTarget)
  const whyNot = useApp(({ viewing }) => viewing.whyNot)
  const full = useApp(({ explaining }) => explaining.answer?.map.kind === 'full')
  const pinned = useApp(({ viewing }) => viewing.preview === null && viewing.pinned.length === 1)
  if (target === null || target.candidates.length === 0) return null
  const rival = target.candidates.findIndex(({ id }) => id !== target.id)
  const rivalPlace = places.find((place) => place === rival)
  return (
    <section aria-label="Candidates">
      <h3>
        Candidates
        {rivalPlace !== undefined && full && pinned && (
          <button
            type="button"
            className="link"
            aria-pressed={whyNot !== null}
            onClick={() => pinning.whyNot(whyNot ?? rivalPlace)}
          >
            {whyNot === null
              ? `Why ${shortToken(target.text)}, not ${shortToken(target.candidates[rival]?.text ?? '')}?`
              : 'Show it alone'}
          </button>
        )}
      </h3>
      <ol className="bars">
        {target.candidates.map((candidate, index) => {
          const place = places[index]
          const own = candidate.id === target.id
          return (
            <li key={candidate.id}>
              <button
                type="button"
                className={`bar ${own ? 'own' : ''}`}
                disabled={own || !full || !pinned}
                aria-pressed={own ? undefined : whyNot === index}
                title={own ? undefined : `Why ${shortToken(target.text)} and not ${shortToken(candidate.text)}`}
                onClick={() => pinning.whyNot(place ?? null)}
              >
                <span className="text">
                  <TokenText text={candidate.text} />
                </span>
                <ProbabilityBar probability={Math.exp(candidate.logprob)} />
                <span className="value">{formatProbability(candidate.logprob)}</span>
              </button>
            </li>
          )
        })}
      </ol>
    </section>
  )
}
