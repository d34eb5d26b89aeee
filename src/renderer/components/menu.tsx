import { useEffect, useRef } from 'react'
import type { KeyboardEvent, ReactNode } from 'react'
import { useOutside } from './popover.tsx'

/** A line of a menu. */
export interface MenuItem {
  readonly label: string
  /** A few words more, at the right. */
  readonly hint?: string
  readonly disabled?: boolean
  /** Why it is disabled, or what it does. */
  readonly title?: string | undefined
  readonly run: () => void
}

/** A button with a menu. Arrow keys move, Enter chooses, Escape closes. */
export function Menu({
  name,
  title,
  button,
  className = 'button',
  open,
  items,
  align = 'start',
  up = false,
  onOpen,
}: {
  name: string
  title?: string | undefined
  button: ReactNode
  className?: string
  open: boolean
  items: readonly MenuItem[]
  align?: 'start' | 'end'
  up?: boolean
  onOpen: (open: boolean) => void
}): ReactNode {
  const inside = useRef<HTMLDivElement>(null)
  useOutside(inside, open, () => onOpen(false))
  useEffect(() => {
    if (open) itemsOf(inside.current)[0]?.focus()
  }, [open])
  const close = (): void => {
    onOpen(false)
    inside.current?.querySelector('button')?.focus()
  }
  return (
    <div className="popover-anchor" ref={inside} onKeyDown={(event) => moveFocus(event, open, inside.current, close)}>
      <button
        type="button"
        className={className}
        aria-label={name}
        title={title}
        aria-haspopup="menu"
        aria-expanded={open}
        onClick={() => onOpen(!open)}
      >
        {button}
      </button>
      {open && (
        <div className={`popover menu ${align} ${up ? 'up' : ''}`} role="menu" aria-label={name}>
          {items.map((item) => (
            <button
              key={item.label}
              type="button"
              role="menuitem"
              tabIndex={-1}
              disabled={item.disabled}
              title={item.title}
              onClick={() => choose(item, close)}
            >
              <span>{item.label}</span>
              {item.hint !== undefined && (
                <span className="hint" aria-hidden="true">
                  {item.hint}
                </span>
              )}
            </button>
          ))}
        </div>
      )}
    </div>
  )
}

function choose(item: MenuItem, close: () => void): void {
  close()
  item.run()
}

function itemsOf(root: HTMLElement | null): HTMLElement[] {
  return root === null ? [] : [...root.querySelectorAll<HTMLElement>('[role=menuitem]:not(:disabled)')]
}

function moveFocus(event: KeyboardEvent, open: boolean, root: HTMLElement | null, close: () => void): void {
  if (!open) return
  const items = itemsOf(root)
  const at = items.findIndex((item) => item === document.activeElement)
  const moves: Record<string, number> = { ArrowDown: at + 1, ArrowUp: at - 1 + items.length, Home: 0, End: items.length - 1 }
  const to = moves[event.key]
  if (event.key !== 'Escape' && to === undefined) return
  event.preventDefault()
  event.stopPropagation()
  if (to === undefined) close()
  else items[to % items.length]?.focus()
}
