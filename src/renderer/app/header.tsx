import type { ReactNode } from 'react'
import { Icon } from '../components/icon.tsx'
import { ExportMenu } from '../features/export/export-menu.tsx'
import { OpenPicture } from '../features/image/open-picture.tsx'
import { ModelMenu } from '../features/models/model-menu.tsx'
import { SettingsMenu } from '../features/settings/settings-menu.tsx'
import { change } from '../state/store.ts'
import { useNarrow } from '../hooks/narrow.ts'
import { useTheme } from '../hooks/theme.ts'
import { useApp, useWorkspace } from '../hooks/workspace-context.ts'

/** The top line. */
export function Header(): ReactNode {
  return (
    <header className="header">
      <PaneButton side="left" />
      <span className="brand">
        <Mark />
        <h1>Whence</h1>
      </span>
      <ModelMenu />
      <OpenPicture />
      <span className="spring" />
      <span className="pill offline" title="Whence opens no connection; everything is computed on this machine">
        <span className="dot" />
        <span>
          offline<span className="wide-only">, 0 connections</span>
        </span>
      </span>
      <ThemeButton />
      <SettingsMenu />
      <ExportMenu />
      <PaneButton side="right" />
    </header>
  )
}

function ThemeButton(): ReactNode {
  const { preferences } = useWorkspace()
  const theme = useTheme()
  const other = theme === 'dark' ? 'light' : 'dark'
  return (
    <button
      type="button"
      className="icon-button"
      aria-label={`Switch to ${other}`}
      title={`Switch to ${other}`}
      onClick={() => preferences.set({ theme: other })}
    >
      <Icon name="half" />
    </button>
  )
}

/** Widths of the panes when they are opened again, in CSS pixels. */
const usual = { left: 228, right: 324 } as const

/** Opens and closes a pane; in a narrow window it lies over the rest. */
function PaneButton({ side }: { side: 'left' | 'right' }): ReactNode {
  const { store, preferences } = useWorkspace()
  const panes = useApp(({ settings }) => settings.panes)
  const drawer = useApp(({ viewing }) => (side === 'left' ? viewing.leftOpen : viewing.rightOpen))
  const narrow = useNarrow(side === 'left' ? 960 : 720)
  const open = narrow ? drawer : panes[side] > 0
  const toggle = (): void => {
    if (narrow) change(store, 'viewing', side === 'left' ? { leftOpen: !open } : { rightOpen: !open })
    else preferences.set({ panes: { ...panes, [side]: open ? 0 : usual[side] } })
  }
  const name = `${open ? 'Hide' : 'Show'} the ${side === 'left' ? 'history' : 'explanation'}`
  return (
    <button
      type="button"
      className={`icon-button pane-button ${side}`}
      aria-label={name}
      title={name}
      aria-expanded={open}
      onClick={toggle}
    >
      <Icon name={side === 'left' ? 'panel' : 'inspector'} />
    </button>
  )
}

function Mark(): ReactNode {
  const places = [0, 6.5, 13]
  return (
    <svg width="18" height="18" viewBox="0 0 18 18" aria-hidden="true" focusable="false">
      {places.flatMap((y) =>
        places.map((x) => (
          <rect
            key={`${x} ${y}`}
            x={x}
            y={y}
            width="5"
            height="5"
            rx="1"
            className={x === 6.5 && y === 6.5 ? 'mark-centre' : 'mark-cell'}
          />
        )),
      )}
    </svg>
  )
}
