import type { ReactNode } from 'react'
import { useApp } from '../../hooks/workspace-context.ts'
import { isBusy, selectPreviewWords, selectStale } from '../../state/selectors.ts'
import { selectView } from '../../state/store.ts'

/** Titles of more characters are set smaller. */
const short = 20

/** The explained token, large, with its probability, and what has to be known about its numbers. */
export function TokenSection(): ReactNode {
  const view = useApp(selectView)
  const stale = useApp(selectStale)
  const preview = useApp(selectPreviewWords)
  const known = useApp(({ explaining }) => explaining.answer !== null && explaining.answer.known.numbers.kind !== 'none')
  if (view === null || !known) return <Pending />
  return (
    <section className="token-section" aria-label="Explained token">
      <div className="headline">
        <h2 className={`token-name ${view.title.length > short ? 'long' : ''}`} data-role="title">
          {view.title}
        </h2>
        <span className="muted" data-role="detail">
          {view.detail}
        </span>
      </div>
      {preview !== null && <p className="note preview">{preview}</p>}
      {view.notes.map((note) => (
        <p key={note} className="note" data-role="note">
          {note}
        </p>
      ))}
      {stale && <p className="note stale">computed with other parameters</p>}
    </section>
  )
}

function Pending(): ReactNode {
  const busy = useApp(isBusy)
  return (
    <section className="token-section" aria-label="Explained token">
      <h2 className="token-name pending">{busy ? 'Writing…' : 'Not explained'}</h2>
      <p className="note">
        {busy ? 'A preview of the map comes in a moment.' : 'The work ended before there was a map: Recompute does it again.'}
      </p>
    </section>
  )
}
