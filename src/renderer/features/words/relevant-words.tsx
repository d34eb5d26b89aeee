import { useState } from 'react'
import type { ReactNode } from 'react'
import { strongestFirst } from '../../../shared/explanation/view/view-words.ts'
import { useApp } from '../../hooks/workspace-context.ts'
import { selectView } from '../../state/store.ts'
import { WordBar } from './word-bar.tsx'

const shownAtFirst = 6

/** What the words before the explained token did for it. Choosing one asks the reverse question. */
export function RelevantWords(): ReactNode {
  const view = useApp(selectView)
  const exact = useApp(({ explaining }) => explaining.answer?.known.numbers.kind === 'exact')
  const [all, setAll] = useState(false)
  const sorted = view === null ? [] : strongestFirst(view.words)
  return (
    <section aria-label="Relevance of words">
      <h3>
        Relevant words <em>nats</em>
      </h3>
      {view === null || !exact ? (
        <p className="empty">They come with the exact map.</p>
      ) : sorted.length === 0 ? (
        <p className="empty">No words stand before this token.</p>
      ) : (
        <>
          <ol className="bars" aria-label="Relevant words">
            {(all ? sorted : sorted.slice(0, shownAtFirst)).map((word) => (
              <WordBar key={word.input.index} view={view} word={word} tone={view.tones.words} />
            ))}
          </ol>
          {sorted.length > shownAtFirst && (
            <button type="button" className="link" onClick={() => setAll(!all)}>
              {all ? 'Show the strongest' : `Show all ${sorted.length}`}
            </button>
          )}
        </>
      )}
    </section>
  )
}
