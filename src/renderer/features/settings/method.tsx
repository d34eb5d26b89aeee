import type { ReactNode } from 'react'
import { defaultSuppression, variants } from '../../../shared/explanation/parameters.ts'
import type { Suppression } from '../../../shared/explanation/parameters.ts'
import { formatSetting } from '../../../shared/explanation/numbers.ts'
import { shortDuration } from '../../state/time-left.ts'
import { Slider } from '../../components/slider.tsx'
import { useApp, useWorkspace } from '../../hooks/workspace-context.ts'
import { attempt } from '../../state/commands/notify.ts'
import { isBusy, sameSuppression, selectIncomplete, selectStale } from '../../state/selectors.ts'
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
        <Parameter name="suppression f" value={formatSetting(strength)}>
          <Slider
            label="Suppression f"
            value={strength}
            least={0}
            most={1}
            step={0.05}
            text={formatSetting(strength)}
            onChange={(f) => set({ strength: f })}
          />
        </Parameter>
        <Parameter name="neighbourhood κ" value={threshold === null ? 'off' : formatSetting(threshold)}>
          <Slider
            label="Neighbourhood κ"
            value={threshold ?? defaultSuppression.threshold ?? 0.7}
            least={0}
            most={1}
            step={0.01}
            text={threshold === null ? 'off' : formatSetting(threshold)}
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

/** What Recompute does, or why there is nothing for it to do. */
function recomputeWords(answered: boolean, stale: boolean, incomplete: boolean, busy: boolean): string {
  if (!answered) return 'Nothing is explained yet'
  if (busy) return 'It is being computed'
  if (stale) return 'Computes the map with the parameters set now'
  return incomplete ? 'Computes the exact map' : 'The map is the exact one for these parameters'
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
  const incomplete = useApp(selectIncomplete)
  const busy = useApp(isBusy)
  const answer = useApp((state) => state.explaining.answer)
  const took = answer !== null && answer.timings !== null && answer.timings.sweepMs >= 1 ? answer.timings.sweepMs / 1000 : null
  const used = answer?.known.suppression
  const isDefault = sameSuppression(suppression, defaultSuppression)
  return (
    <div className="actions">
      <button
        type="button"
        className={`button ${stale || incomplete ? 'primary' : ''}`}
        disabled={busy || !(stale || incomplete)}
        title={recomputeWords(answer !== null, stale, incomplete, busy)}
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
