import type { ReactNode } from 'react'
import { useApp } from '../../hooks/workspace-context.ts'
import { selectView } from '../../state/store.ts'

/** The map in a sentence, for those who do not see it. */
export function MapSummary(): ReactNode {
  const summary = useApp((state) => selectView(state)?.summary)
  return (
    <figcaption className="unseen" data-role="summary">
      {summary ?? 'No map yet.'}
    </figcaption>
  )
}
