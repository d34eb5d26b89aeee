import type { ReactNode } from 'react'

const paths = {
  chevron: 'M4 6.5 8 10.5 12 6.5',
  close: 'M4 4l8 8M12 4l-8 8',
  gear: 'M8 5.6a2.4 2.4 0 1 0 0 4.8 2.4 2.4 0 0 0 0-4.8ZM8 1.6v1.8M8 12.6v1.8M1.6 8h1.8M12.6 8h1.8M3.5 3.5l1.3 1.3M11.2 11.2l1.3 1.3M12.5 3.5l-1.3 1.3M4.8 11.2l-1.3 1.3',
  half: 'M8 2.2a5.8 5.8 0 1 0 0 11.6ZM8 2.2a5.8 5.8 0 0 1 0 11.6',
  picture: 'M2.5 3.5h11v9h-11zM2.5 10.5l3-3 2.5 2.5 2-2 3.5 3.5M10.5 6.3h.01',
  star: 'M8 2.3l1.7 3.6 3.9.5-2.9 2.7.8 3.9L8 11.1 4.5 13l.8-3.9L2.4 6.4l3.9-.5Z',
  more: 'M3.5 8h.01M8 8h.01M12.5 8h.01',
  play: 'M5 3.2v9.6l7.6-4.8Z',
  pause: 'M5.2 3.5v9M10.8 3.5v9',
  previous: 'M10 3.5 5.5 8l4.5 4.5',
  next: 'M6 3.5 10.5 8 6 12.5',
  plus: 'M8 3.5v9M3.5 8h9',
  minus: 'M3.5 8h9',
  hand: 'M5.2 8.5V4.3a1 1 0 0 1 2 0V7.5 3a1 1 0 0 1 2 0v4.5V4a1 1 0 0 1 2 0v5.5c0 2.7-1.5 4.3-3.7 4.3-1.9 0-2.7-.9-3.7-2.6L2.6 9.5a1 1 0 0 1 1.6-1.1l1 1.1',
  eye: 'M1.7 8S4 3.8 8 3.8 14.3 8 14.3 8 12 12.2 8 12.2 1.7 8 1.7 8ZM8 6.1a1.9 1.9 0 1 0 0 3.8 1.9 1.9 0 0 0 0-3.8Z',
  panel: 'M2.5 3.5h11v9h-11zM6.3 3.5v9',
  inspector: 'M2.5 3.5h11v9h-11zM9.7 3.5v9',
} as const

/** Names of the drawings. */
export type IconName = keyof typeof paths

/** A small line drawing; it says nothing to a screen reader, so the control around it has a name. */
export function Icon({ name, filled = false, size = 16 }: { name: IconName; filled?: boolean; size?: number }): ReactNode {
  return (
    <svg className="icon" width={size} height={size} viewBox="0 0 16 16" aria-hidden="true" focusable="false">
      <path
        d={paths[name]}
        fill={filled ? 'currentColor' : 'none'}
        stroke="currentColor"
        strokeWidth={name === 'more' ? 2.2 : 1.4}
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  )
}
