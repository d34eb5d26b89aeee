import { useDeferredValue, useMemo, useRef, useState } from 'react'
import type { KeyboardEvent, ReactNode } from 'react'
import { useApp, useWorkspace } from '../../hooks/workspace-context.ts'
import { useSize } from '../image/viewport.ts'
import { ChosenBar } from './chosen-bar.tsx'
import { EntryLine } from './entry-line.tsx'
import { placed, within } from './groups.ts'

/** Past explanations: search, open, pin, note, compare, delete. */
export function HistoryPane(): ReactNode {
  const { history } = useWorkspace()
  const search = useApp(({ library }) => library.search)
  return (
    <nav className="history" aria-label="History pane">
      <div className="history-search">
        <input
          type="search"
          className="search"
          aria-label="Search history"
          placeholder="Search history"
          value={search}
          onChange={(event) => history.search(event.target.value)}
        />
      </div>
      <ChosenBar />
      <EntryList />
    </nav>
  )
}

function EntryList(): ReactNode {
  const { history } = useWorkspace()
  const { entries, total, loading, search } = useApp(({ library }) => library)
  const shown = useApp(({ explaining }) => explaining.answer?.entry ?? explaining.forgotten?.id ?? null)
  const scroller = useRef<HTMLDivElement>(null)
  const { height } = useSize(scroller)
  const [top, setTop] = useState(0)
  const list = useDeferredValue(entries)
  const lines = useMemo(() => placed(list, new Date()), [list])
  const last = lines.at(-1)
  const whole = last === undefined ? 0 : last.top + last.height
  const scrolled = (at: number): void => {
    setTop(at)
    if (at + height > whole - 600) history.more()
  }
  if (!loading && entries.length === 0)
    return <p className="empty padded">{search === '' ? 'What you explain is kept here.' : 'Nothing found.'}</p>
  return (
    <div className="entries" ref={scroller} onScroll={(event) => scrolled(event.currentTarget.scrollTop)} onKeyDown={moveFocus}>
      <ul aria-label="History" style={{ height: whole }}>
        {within(lines, top, top + Math.max(height, 600)).map((line) => (
          <EntryLine key={line.entry.id} line={line} place={lines.indexOf(line)} total={total} shown={line.entry.id === shown} />
        ))}
      </ul>
    </div>
  )
}

/** Up and down move from entry to entry; Delete is the line's own. */
function moveFocus(event: KeyboardEvent<HTMLDivElement>): void {
  if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return
  const buttons = [...event.currentTarget.querySelectorAll<HTMLElement>('.entry-open')]
  const at = buttons.findIndex((button) => button === document.activeElement)
  if (at < 0) return
  event.preventDefault()
  buttons[at + (event.key === 'ArrowDown' ? 1 : -1)]?.focus()
}
