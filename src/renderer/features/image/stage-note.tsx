import type { ReactNode } from 'react'
import { useApp } from '../../hooks/workspace-context.ts'
import { selectPreviewWords, selectStale } from '../../state/selectors.ts'
import { selectView } from '../../state/store.ts'

/** A few words over the picture that say what state the map is in; nothing when it is simply there. */
export function StageNote(): ReactNode {
  const stale = useApp(selectStale)
  const preview = useApp(selectPreviewWords)
  const notes = useApp((state) => selectView(state)?.notes)
  const seen = useApp(({ viewing }) => viewing.seen)
  return (
    <div className="stage-notes">
      {stale && <span className="stage-note stale">parameters changed: this is the old map</span>}
      {preview !== null && <span className="stage-note preview">{preview}</span>}
      {notes?.map((note) => (
        <span key={note} className="stage-note unclear">
          {note}
        </span>
      ))}
      {seen && <span className="stage-note plain">what the model saw</span>}
    </div>
  )
}
