import type { ReactNode } from 'react'
import { strongestFirst } from '../../../shared/explanation/view/view-words.ts'
import { useApp } from '../../hooks/workspace-context.ts'
import { selectView } from '../../state/store.ts'
import { WordBar } from './word-bar.tsx'

const shown = 5

/** What whole sentences did for the explained token, each suppressed at once; nothing where none were. */
export function RelevantPassages(): ReactNode {
  const view = useApp(selectView)
  if (view === null || view.passages.length < 2) return null
  return (
    <section aria-label="Relevance of sentences">
      <h3>
        Relevant sentences <em>nats</em>
      </h3>
      <ol className="bars wide" aria-label="Relevant sentences">
        {strongestFirst(view.passages)
          .slice(0, shown)
          .map((passage) => (
            <WordBar key={passage.input.index} view={view} word={passage} tone={view.tones.passages} />
          ))}
      </ol>
    </section>
  )
}
