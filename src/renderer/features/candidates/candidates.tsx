import type { ReactNode } from 'react'
import type { View } from '../../../shared/explanation/view.ts'
import type { ViewCandidate } from '../../../shared/explanation/view/view-candidates.ts'
import { firstRival } from '../../../shared/explanation/view/view-candidates.ts'
import { whyNotWords } from '../../../shared/explanation/wording.ts'
import { ProbabilityBar } from '../../components/bar.tsx'
import { TokenText } from '../../components/token-text.tsx'
import { useApp, useWorkspace } from '../../hooks/workspace-context.ts'
import type { CandidatePlace, State } from '../../state/state.ts'
import { selectView } from '../../state/store.ts'

const places: readonly CandidatePlace[] = [0, 1, 2, 3, 4]

/** The five most probable tokens at the explained place. Choosing another one asks why the one and not the other. */
export function Candidates(): ReactNode {
  const view = useApp(selectView)
  const open = useApp(canCompare)
  if (view === null || view.candidates.length === 0) return null
  return (
    <section aria-label="Candidates">
      <h3>
        Candidates
        {open && <WhyNot view={view} />}
      </h3>
      <ol className="bars">
        {view.candidates.map((candidate) => (
          <Candidate key={candidate.id} candidate={candidate} target={view.subject.label} open={open} />
        ))}
      </ol>
    </section>
  )
}

/** A candidate can be compared with the pinned token once the exact numbers are there, and while no other explanation is set beside it. */
function canCompare({ viewing, explaining, comparing }: State): boolean {
  const pinned = viewing.preview === null && viewing.pinned.length === 1
  return pinned && comparing === null && explaining.answer?.known.numbers.kind === 'exact'
}

function WhyNot({ view }: { view: View }): ReactNode {
  const { pinning } = useWorkspace()
  const compared = view.candidates.some((candidate) => candidate.compared)
  const rival = firstRival(view.candidates)
  if (rival === null) return null
  return (
    <button
      type="button"
      className="link"
      aria-pressed={compared}
      onClick={() => pinning.whyNot(compared ? null : placeOf(rival))}
    >
      {compared ? 'Show it alone' : `Why ${view.subject.label}, not ${rival.label}?`}
    </button>
  )
}

function Candidate({ candidate, target, open }: { candidate: ViewCandidate; target: string; open: boolean }): ReactNode {
  const { pinning } = useWorkspace()
  const { text, label, own, compared, probability, written } = candidate
  return (
    <li>
      <button
        type="button"
        className={`bar ${own ? 'own' : ''}`}
        disabled={own || !open}
        aria-pressed={own ? undefined : compared}
        title={own ? undefined : whyNotWords(target, label)}
        onClick={() => pinning.whyNot(placeOf(candidate))}
      >
        <span className="text">
          <TokenText text={text} />
        </span>
        <ProbabilityBar probability={probability} />
        <span className="value">{written}</span>
      </button>
    </li>
  )
}

function placeOf({ place }: ViewCandidate): CandidatePlace | null {
  return places.find((known) => known === place) ?? null
}
