import type { ReactNode } from 'react'
import { scales } from '../../../shared/explanation/question.ts'
import { formatNats, legendEnds, legendStops, legendUnit } from '../../../shared/colour/legend.ts'
import { cssColour } from '../../../shared/colour/rgba.ts'
import { useTheme } from '../../hooks/theme.ts'
import { useApp, useWorkspace } from '../../hooks/workspace-context.ts'
import { selectMaximum, selectTextMaximum } from '../../state/selectors.ts'
import type { State } from '../../state/state.ts'
import { compareMaximum } from '../history/compare-scale.ts'

const scaleNames = { answer: 'this answer', token: 'this token', absolute: 'absolute' } as const

/** What the colours mean: always there, with the unit, and the scale can be changed in it. */
export function Legend(): ReactNode {
  const theme = useTheme()
  const { preferences } = useWorkspace()
  const scale = useApp(({ settings }) => settings.scale)
  const smooth = useApp(({ settings }) => settings.smooth)
  const picture = useApp(({ explaining }) => Boolean(explaining.answer?.grid))
  const maximum = useApp(selectLegendMaximum)
  const stops = legendStops(theme).map(({ at, colour }) => `${cssColour(colour)} ${(at * 100).toFixed(1)}%`)
  return (
    <div className="legend" role="group" aria-label="Legend">
      <span className="number">{maximum > 0 ? formatNats(-maximum, digits(maximum)) : '−'}</span>
      <span className="ramp" style={{ backgroundImage: `linear-gradient(90deg, ${stops.join(', ')})` }} aria-hidden="true" />
      <span className="number">{maximum > 0 ? formatNats(maximum, digits(maximum)) : '+'} nats</span>
      <span className="meaning" title={legendUnit(picture ? 'patch' : 'word')}>
        {legendEnds.low} · {legendEnds.high}
        <span className="unit">
          {' '}
          ·{' '}
          {legendUnit(picture ? 'patch' : 'word')
            .replace('nats; ', '')
            .replace(/ with this .*/, '')}
        </span>
      </span>
      <label className="scale">
        scale:
        <select
          value={scale}
          onChange={(event) => preferences.set({ scale: scales.find((known) => known === event.target.value) ?? scale })}
        >
          {scales.map((known) => (
            <option key={known} value={known}>
              {scaleNames[known]}
            </option>
          ))}
        </select>
      </label>
      {smooth && <span className="marked">smoothed</span>}
    </div>
  )
}

function digits(maximum: number): number {
  return maximum >= 10 ? 0 : maximum >= 1 ? 1 : 2
}

function selectLegendMaximum(state: State): number {
  if (state.comparing !== null) return compareMaximum(state.comparing, state.settings.scale) ?? 0
  return state.explaining.answer?.grid ? selectMaximum(state) : selectTextMaximum(state)
}
