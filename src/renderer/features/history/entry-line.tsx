import { memo, useState } from 'react'
import type { MouseEvent, ReactNode } from 'react'
import type { HistoryEntry } from '../../../shared/contract/library.ts'
import { Icon } from '../../components/icon.tsx'
import { Menu } from '../../components/menu.tsx'
import { useRaster } from '../../hooks/raster.ts'
import { useApp, useWorkspace } from '../../hooks/workspace-context.ts'
import { attempt } from '../../state/commands/notify.ts'
import { timeOf } from './groups.ts'
import type { PlacedEntry } from './groups.ts'

/** A line of the history. */
export const EntryLine = memo(function EntryLine({
  line,
  place,
  total,
  shown,
}: {
  line: PlacedEntry
  place: number
  total: number
  shown: boolean
}): ReactNode {
  const { entry, heading, top } = line
  const { history, store } = useWorkspace()
  const [editing, setEditing] = useState(false)
  const chosen = useApp(({ library }) => library.chosen.has(entry.id))
  const open = (event: MouseEvent): void => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) history.choose(entry.id)
    else attempt(store, () => history.open(entry.id))
  }
  return (
    <li style={{ transform: `translateY(${top}px)` }} aria-posinset={place + 1} aria-setsize={total}>
      {heading !== null && (
        <div className="group" aria-hidden="true">
          {heading}
        </div>
      )}
      <div className={`entry ${shown ? 'on' : ''} ${chosen ? 'chosen' : ''}`}>
        <button
          type="button"
          className="entry-open"
          aria-current={shown ? 'true' : undefined}
          onClick={open}
          onKeyDown={(event) => {
            if (event.key === 'Delete') history.remove([entry.id])
          }}
        >
          <Thumbnail sha256={entry.picture} />
          <span className="entry-text">
            <b>{entry.completion.trim() === '' ? entry.prompt : entry.completion.trim()}</b>
            <span>{caption(entry)}</span>
          </span>
        </button>
        <button
          type="button"
          className={`icon-button small star ${entry.pinned ? 'on' : ''}`}
          aria-label={entry.pinned ? 'Unpin' : 'Pin'}
          aria-pressed={entry.pinned}
          onClick={() => history.pin(entry)}
        >
          <Icon name="star" size={14} filled={entry.pinned} />
        </button>
        <EntryMenu entry={entry} shown={shown} onNote={() => setEditing(true)} />
      </div>
      {editing && <NoteField entry={entry} onDone={() => setEditing(false)} />}
    </li>
  )
})

function EntryMenu({ entry, shown, onNote }: { entry: HistoryEntry; shown: boolean; onNote: () => void }): ReactNode {
  const { history } = useWorkspace()
  const [open, setOpen] = useState(false)
  return (
    <Menu
      name={`More for ${entry.completion.trim()}`}
      className="icon-button small more"
      button={<Icon name="more" size={14} />}
      open={open}
      align="end"
      onOpen={setOpen}
      items={[
        { label: entry.note === '' ? 'Add a note…' : 'Edit the note…', run: onNote },
        { label: 'Compare with the shown one', disabled: shown, run: () => history.compare(entry.id) },
        { label: 'Choose for export', hint: 'Ctrl-click', run: () => history.choose(entry.id) },
        { label: 'Delete', hint: 'Del', run: () => history.remove([entry.id]) },
      ]}
    />
  )
}

function NoteField({ entry, onDone }: { entry: HistoryEntry; onDone: () => void }): ReactNode {
  const { history } = useWorkspace()
  const [text, setText] = useState(entry.note)
  const done = (): void => {
    if (text !== entry.note) history.note(entry.id, text)
    onDone()
  }
  return (
    <input
      className="field note-field"
      aria-label="Note"
      placeholder="A note"
      value={text}
      autoFocus
      onChange={(event) => setText(event.target.value)}
      onBlur={done}
      onKeyDown={(event) => {
        if (event.key === 'Enter') done()
        if (event.key === 'Escape') {
          event.stopPropagation()
          onDone()
        }
      }}
    />
  )
}

function Thumbnail({ sha256 }: { sha256: string | null }): ReactNode {
  const address = useRaster(sha256, 'thumbnail')
  if (sha256 === null) return <span className="thumbnail text">Aa</span>
  return <span className="thumbnail">{address !== null && <img src={address} alt="" draggable={false} />}</span>
}

function caption(entry: HistoryEntry): string {
  const { note, pictureName, prompt } = entry
  return [note !== '' ? note : (pictureName ?? prompt), timeOf(entry)].join(' · ')
}
