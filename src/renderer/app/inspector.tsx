import type { ReactNode } from 'react'
import { Candidates } from '../features/candidates/candidates.tsx'
import { TokenSection } from '../features/candidates/token-section.tsx'
import { Method } from '../features/settings/method.tsx'
import { PartSection } from '../features/steer/part-section.tsx'
import { SteerSection } from '../features/steer/steer-section.tsx'
import { RelevantPassages } from '../features/words/relevant-passages.tsx'
import { RelevantWords } from '../features/words/relevant-words.tsx'
import { useApp } from '../hooks/workspace-context.ts'

/** The right pane: what is known of the explained token, and how it was found out. */
export function Inspector(): ReactNode {
  const answered = useApp(({ explaining }) => explaining.answer !== null)
  return (
    <aside className="inspector" aria-label="Explanation">
      {answered && (
        <>
          <TokenSection />
          <PartSection />
          <Candidates />
          <RelevantWords />
          <RelevantPassages />
          <SteerSection />
        </>
      )}
      <Method />
    </aside>
  )
}
