import { useMemo } from 'react'
import type { ReactNode } from 'react'
import { legendStops } from '../../../shared/colour/legend.ts'
import type { Theme } from '../../../shared/colour/ramp.ts'
import { cssColour } from '../../../shared/colour/rgba.ts'
import { scales } from '../../../shared/explanation/question.ts'
import type { View } from '../../../shared/explanation/view.ts'
import { legendEnds, scaleName } from '../../../shared/explanation/wording.ts'
import { element, lastElement } from '../../../shared/values/element.ts'
import { useTheme } from '../../hooks/theme.ts'
import { useApp, useWorkspace } from '../../hooks/workspace-context.ts'
import { selectView } from '../../state/store.ts'

/** What the colours mean: always there, with the unit, and the scale can be changed in it. */
export function Legend(): ReactNode {
  const theme = useTheme()
  const view = useApp(selectView)
  const smooth = useApp(({ settings }) => settings.smooth)
  const gradient = useMemo(() => gradientOf(theme), [theme])
  const ticks = view === null || (view.map === null && view.words.length === 0) ? null : view.scale.ticks
  return (
    <div className="legend" role="group" aria-label="Legend">
      <span className="number" data-role="tick">
        {ticks === null ? '−' : element(ticks, 0).label}
      </span>
      <span className="ramp" style={{ backgroundImage: gradient }} aria-hidden="true" />
      <span className="number" data-role="tick">
        {ticks === null ? '+' : lastElement(ticks).label}
      </span>
      <span className="meaning">
        {legendEnds.low} · {legendEnds.high}
      </span>
      {view !== null && (
        <span className="unit" data-role="unit" title={view.scale.unit}>
          {view.scale.unit}
        </span>
      )}
      <ScaleChoice view={view} />
      {smooth && <span className="marked">smoothed</span>}
    </div>
  )
}

function gradientOf(theme: Theme): string {
  const stops = legendStops(theme).map(({ at, colour }) => `${cssColour(colour)} ${(at * 100).toFixed(1)}%`)
  return `linear-gradient(90deg, ${stops.join(', ')})`
}

/** Chooses the scale of single tokens. A mean, a difference or a comparison has one of its own, which is shown instead. */
function ScaleChoice({ view }: { view: View | null }): ReactNode {
  const { preferences } = useWorkspace()
  const scale = useApp(({ settings }) => settings.scale)
  const reach = view === null ? scale : view.scale.reach
  return (
    <label className="scale">
      {view !== null && (
        <span className="unseen" data-role="scale">
          {view.scale.words}
        </span>
      )}
      <span aria-hidden="true">scale:</span>
      <select
        aria-label="Scale"
        value={reach}
        onChange={(event) => preferences.set({ scale: scales.find((known) => known === event.target.value) ?? scale })}
      >
        {reach !== scale && (
          <option value={reach} hidden>
            {scaleName(reach)}
          </option>
        )}
        {scales.map((known) => (
          <option key={known} value={known}>
            {scaleName(known)}
          </option>
        ))}
      </select>
    </label>
  )
}
