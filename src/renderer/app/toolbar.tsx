import type { ReactNode } from 'react'
import { Icon } from '../components/icon.tsx'
import { Segmented } from '../components/segmented.tsx'
import { Slider } from '../components/slider.tsx'
import { change } from '../state/store.ts'
import { useApp, useWorkspace } from '../hooks/workspace-context.ts'

const views = [
  ['map', 'Map'],
  ['table', 'Table'],
  ['matrix', 'Matrix'],
] as const

const textures = [
  ['cells', 'Cells'],
  ['smooth', 'Smooth'],
] as const

/** How the relevance is shown. `onTools` is called with the place where the view may put tools of its own. */
export function Toolbar({ onTools }: { onTools: (place: HTMLElement | null) => void }): ReactNode {
  const { preferences } = useWorkspace()
  const view = useApp(({ settings }) => settings.view)
  const picture = useApp(
    ({ explaining, asking }) => (explaining.answer === null ? asking.picture : explaining.answer.asked.picture) !== null,
  )
  const comparing = useApp((state) => state.comparing !== null)
  return (
    <div className="toolbar">
      <Segmented label="View" value={view} choices={views} onChange={(next) => preferences.set({ view: next })} />
      <span className="spring" />
      <div className="view-tools" ref={onTools} />
      {view === 'map' && picture && !comparing && <MapTools />}
    </div>
  )
}

function MapTools(): ReactNode {
  const { preferences, store } = useWorkspace()
  const { opacity, smooth } = useApp(({ settings }) => settings)
  const seen = useApp(({ viewing }) => viewing.seen)
  return (
    <>
      <label className="labelled" title="How far the picture shows through the map">
        <span aria-hidden="true">Picture</span>
        <Slider
          label="Picture through the map"
          value={opacity}
          least={0}
          most={1}
          step={0.05}
          text={`${Math.round(opacity * 100)} %`}
          onChange={(next) => preferences.set({ opacity: next })}
        />
      </label>
      <Segmented
        label="Texture"
        value={smooth ? 'smooth' : 'cells'}
        choices={textures}
        onChange={(next) => preferences.set({ smooth: next === 'smooth' })}
      />
      <button
        type="button"
        className="icon-button"
        aria-label="What the model saw"
        title="What the model saw: the picture as it was cut and resized for it"
        aria-pressed={seen}
        onClick={() => change(store, 'viewing', { seen: !seen })}
      >
        <Icon name="eye" />
      </button>
    </>
  )
}
