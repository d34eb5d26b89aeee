import type { ReactNode } from 'react'
import { defaultSuppression, variants } from '../../../shared/explanation/parameters.ts'
import type { Suppression } from '../../../shared/explanation/parameters.ts'
import { shortDuration } from '../../../shared/explanation/time-left.ts'
import { Slider } from '../../components/slider.tsx'
import { useApp, useWorkspace } from '../../hooks/workspace-context.ts'
import { attempt } from '../../state/commands/notify.ts'
import { isBusy, sameSuppression, selectStale } from '../../state/selectors.ts'
import { Layers } from './layers.tsx'

const variantWords = {
  shifted: 'shifted, as published',
  plain: 'plain, Eq. 4',
  log: 'log, Eq. 7',
  mask: 'mask, the control',
} as const

/** How parts of the input are suppressed. Changing something marks the map stale until it is computed again. */
export function Method(): ReactNode {
  const { preferences } = useWorkspace()
  const suppression = useApp(({ settings }) => settings.suppression)
  const { strength, threshold, variant } = suppression
  const layers = useApp(({ app }) => app?.model.layers ?? null)
  const set = (part: Partial<typeof suppression>): void => preferences.set({ suppression: { ...suppression, ...part } })
  return (
    <section aria-label="Method">
      <h3>
        Method <em>AtMan, {variant}</em>
      </h3>
      <div className="parameters">
        <Parameter name="suppression f" value={strength.toFixed(2)}>
          <Slider
            label="Suppression f"
            value={strength}
            least={0}
            most={1}
            step={0.05}
            text={strength.toFixed(2)}
            onChange={(f) => set({ strength: f })}
          />
        </Parameter>
        <Parameter name="neighbourhood κ" value={threshold === null ? 'off' : threshold.toFixed(2)}>
          <Slider
            label="Neighbourhood κ"
            value={threshold ?? defaultSuppression.threshold ?? 0.7}
            least={0}
            most={1}
            step={0.01}
            text={threshold === null ? 'off' : threshold.toFixed(2)}
            disabled={threshold === null}
            onChange={(kappa) => set({ threshold: kappa })}
          />
        </Parameter>
        <label className="check">
          <input
            type="checkbox"
            checked={threshold !== null}
            onChange={(event) => set({ threshold: event.target.checked ? defaultSuppression.threshold : null })}
          />
          suppress look-alike neighbours too
        </label>
        <label className="parameter">
          <span>rule</span>
          <select
            value={variant}
            onChange={(event) => set({ variant: variants.find((known) => known === event.target.value) ?? variant })}
          >
            {variants.map((known) => (
              <option key={known} value={known}>
                {variantWords[known]}
              </option>
            ))}
          </select>
        </label>
        {layers !== null && <Layers count={layers} chosen={suppression.layers} onChange={(next) => set({ layers: next })} />}
      </div>
      <Recompute suppression={suppression} />
    </section>
  )
}

function Parameter({ name, value, children }: { name: string; value: string; children: ReactNode }): ReactNode {
  return (
    <div className="parameter">
      <span>{name}</span>
      {children}
      <output>{value}</output>
    </div>
  )
}

function Recompute({ suppression }: { suppression: Suppression }): ReactNode {
  const { explaining, preferences, store } = useWorkspace()
  const stale = useApp(selectStale)
  const busy = useApp(isBusy)
  const answer = useApp((state) => state.explaining.answer)
  const took = answer?.timings && answer.timings.sweepMs >= 1 ? answer.timings.sweepMs / 1000 : null
  const used = answer?.question.suppression
  const isDefault = sameSuppression(suppression, defaultSuppression)
  return (
    <div className="actions">
      <button
        type="button"
        className={`button ${stale ? 'primary' : ''}`}
        disabled={!stale || busy}
        onClick={() => attempt(store, explaining.recompute)}
      >
        Recompute{took === null ? '' : ` · ~${shortDuration(Math.max(0.1, took))}`}
      </button>
      {stale && used !== undefined && (
        <button type="button" className="link" onClick={() => preferences.set({ suppression: used })}>
          Undo
        </button>
      )}
      {!isDefault && (
        <button
          type="button"
          className="link"
          onClick={() => preferences.set({ suppression: { ...defaultSuppression, layers: null } })}
        >
          Defaults
        </button>
      )}
    </div>
  )
}
