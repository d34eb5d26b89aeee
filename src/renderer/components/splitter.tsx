import type { KeyboardEvent, PointerEvent, ReactNode } from 'react'

/** A line between two panes that can be dragged, or moved with the arrow keys. */
export function Splitter({
  label,
  value,
  least,
  most,
  towards,
  onChange,
}: {
  label: string
  value: number
  least: number
  most: number
  /** Which way the pane grows. */
  towards: 'left' | 'right'
  onChange: (value: number) => void
}): ReactNode {
  const sign = towards === 'right' ? 1 : -1
  const set = (next: number): void => onChange(Math.round(Math.max(least, Math.min(most, next))))
  const drag = (event: PointerEvent<HTMLDivElement>): void => {
    const from = event.clientX
    const element = event.currentTarget
    element.setPointerCapture(event.pointerId)
    const move = (moved: globalThis.PointerEvent): void => set(value + sign * (moved.clientX - from))
    element.addEventListener('pointermove', move)
    element.addEventListener('lostpointercapture', () => element.removeEventListener('pointermove', move), { once: true })
  }
  const press = (event: KeyboardEvent): void => {
    if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return
    event.preventDefault()
    set(value + sign * (event.key === 'ArrowRight' ? 16 : -16))
  }
  return (
    <div
      className={`splitter ${towards}`}
      role="separator"
      aria-orientation="vertical"
      aria-label={label}
      aria-valuenow={value}
      aria-valuemin={Math.min(least, value)}
      aria-valuemax={most}
      tabIndex={0}
      onPointerDown={drag}
      onKeyDown={press}
    />
  )
}
