import type { ReactNode } from 'react'
import type { Settings } from '../../../shared/contract/library.ts'
import { Icon } from '../../components/icon.tsx'
import { Popover } from '../../components/popover.tsx'
import { Segmented } from '../../components/segmented.tsx'
import { useApp, useWorkspace } from '../../hooks/workspace-context.ts'
import { showPanel } from '../../state/commands/panel.ts'
import { change } from '../../state/store.ts'

const themes = [
  ['system', 'System'],
  ['light', 'Light'],
  ['dark', 'Dark'],
] as const

/** Theme, how the model writes, and the licences. */
export function SettingsMenu(): ReactNode {
  const { store, preferences } = useWorkspace()
  const open = useApp(({ viewing }) => viewing.panel === 'settings')
  const { theme, sampling } = useApp(({ settings }) => settings)
  const version = useApp(({ app }) => app?.version)
  const set = (part: Partial<Settings['sampling']>): void => preferences.set({ sampling: { ...sampling, ...part } })
  return (
    <Popover
      name="Settings"
      className="icon-button"
      open={open}
      align="end"
      onOpen={(next) => showPanel(store, 'settings', next)}
      button={<Icon name="gear" />}
    >
      <div className="settings-panel">
        <h2>Appearance</h2>
        <Segmented label="Theme" value={theme} choices={themes} onChange={(next) => preferences.set({ theme: next })} />
        <h2>How the model writes</h2>
        <NumberField
          label="most tokens"
          value={sampling.maxNewTokens}
          least={1}
          most={4096}
          step={1}
          onChange={(n) => set({ maxNewTokens: n })}
        />
        <NumberField
          label="temperature"
          value={sampling.temperature}
          least={0}
          most={10}
          step={0.1}
          onChange={(n) => set({ temperature: n })}
        />
        {sampling.temperature > 0 && (
          <>
            <NumberField
              label="top k (0: all)"
              value={sampling.topK}
              least={0}
              most={1000}
              step={1}
              onChange={(n) => set({ topK: n })}
            />
            <NumberField
              label="top p"
              value={sampling.topP}
              least={0.05}
              most={1}
              step={0.05}
              onChange={(n) => set({ topP: n })}
            />
            <NumberField
              label="seed"
              value={sampling.seed}
              least={0}
              most={2 ** 32 - 1}
              step={1}
              onChange={(n) => set({ seed: n })}
            />
          </>
        )}
        <p className="note">
          {sampling.temperature === 0
            ? 'Greedy: always the most probable token.'
            : 'Sampled: the same seed writes the same text.'}
        </p>
        <div className="actions">
          <button type="button" className="link" onClick={() => change(store, 'viewing', { panel: 'licences' })}>
            Licences
          </button>
          <span className="spring" />
          <span className="muted">{version === undefined ? '' : `Whence ${version}`}</span>
        </div>
      </div>
    </Popover>
  )
}

function NumberField(props: {
  label: string
  value: number
  least: number
  most: number
  step: number
  onChange: (value: number) => void
}): ReactNode {
  const { label, value, least, most, step, onChange } = props
  return (
    <label className="number-field">
      <span>{label}</span>
      <input
        type="number"
        value={value}
        min={least}
        max={most}
        step={step}
        onChange={(event) => {
          const next = event.target.valueAsNumber
          if (Number.isFinite(next)) onChange(Math.max(least, Math.min(most, step >= 1 ? Math.round(next) : next)))
        }}
      />
    </label>
  )
}
