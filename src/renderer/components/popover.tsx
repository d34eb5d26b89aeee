import { useEffect, useRef } from 'react'
import type { ReactNode, RefObject } from 'react'

/** Closes something when the pointer goes down, or the focus moves, outside of it. */
export function useOutside(inside: RefObject<HTMLElement | null>, open: boolean, close: () => void): void {
  useEffect(() => {
    if (!open) return undefined
    const left = (event: Event): void => {
      if (event.target instanceof Node && inside.current?.contains(event.target) !== true) close()
    }
    document.addEventListener('pointerdown', left)
    document.addEventListener('focusin', left)
    return () => {
      document.removeEventListener('pointerdown', left)
      document.removeEventListener('focusin', left)
    }
  }, [inside, open, close])
}

/** A button with a panel hanging from it. */
export function Popover({
  name,
  button,
  named = false,
  className = 'button',
  open,
  align = 'start',
  up = false,
  onOpen,
  children,
}: {
  name: string
  button: ReactNode
  /** Whether the button's own text is name enough. */
  named?: boolean
  className?: string
  open: boolean
  align?: 'start' | 'end'
  up?: boolean
  onOpen: (open: boolean) => void
  children: ReactNode
}): ReactNode {
  const inside = useRef<HTMLDivElement>(null)
  useOutside(inside, open, () => onOpen(false))
  return (
    <div className="popover-anchor" ref={inside} onKeyDown={(event) => closeOnEscape(event, open, inside, onOpen)}>
      <button
        type="button"
        className={className}
        aria-label={named ? undefined : name}
        title={name}
        aria-expanded={open}
        onClick={() => onOpen(!open)}
      >
        {button}
      </button>
      {open && (
        <div className={`popover ${align} ${up ? 'up' : ''}`} role="group" aria-label={name}>
          {children}
        </div>
      )}
    </div>
  )
}

function closeOnEscape(
  event: React.KeyboardEvent,
  open: boolean,
  inside: RefObject<HTMLElement | null>,
  onOpen: (open: boolean) => void,
): void {
  if (event.key !== 'Escape' || !open) return
  event.preventDefault()
  event.stopPropagation()
  onOpen(false)
  inside.current?.querySelector('button')?.focus()
}
