import type { ReactNode } from 'react'
import { noClearRelevance } from '../../../shared/colour/legend.ts'
import { useApp } from '../../hooks/workspace-context.ts'
import { selectClear, selectMap, selectStale } from '../../state/selectors.ts'
import type { State } from '../../state/state.ts'

/** A few words over the picture that say what state the map is in; nothing when it is simply there. */
export function StageNote(): ReactNode {
  const note = useApp(noteOf)
  return <div className="stage-notes">{note !== null && <span className={`stage-note ${note.kind}`}>{note.text}</span>}</div>
}

const notes = {
  stale: { kind: 'stale', text: 'parameters changed: this is the old map' },
  unclear: { kind: 'unclear', text: noClearRelevance },
  coarse: { kind: 'coarse', text: 'coarse, refining…' },
  seen: { kind: 'plain', text: 'what the model saw' },
} as const

function noteOf(state: State): { readonly kind: string; readonly text: string } | null {
  const map = selectMap(state)
  if (selectStale(state)) return notes.stale
  if (map !== null && !selectClear(state)) return notes.unclear
  if (state.explaining.answer?.map.kind === 'coarse') return notes.coarse
  return state.viewing.seen ? notes.seen : null
}
