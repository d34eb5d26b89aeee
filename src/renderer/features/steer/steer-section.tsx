import type { ReactNode } from 'react'
import { formatFactor } from '../../../shared/explanation/numbers.ts'
import { partLabel } from '../../../shared/explanation/view/view-drops.ts'
import { Icon } from '../../components/icon.tsx'
import { Slider } from '../../components/slider.tsx'
import { useApp, useWorkspace } from '../../hooks/workspace-context.ts'
import { attempt } from '../../state/commands/notify.ts'
import type { SteeredPart } from '../../state/state.ts'

/** Factors of chosen parts; writing again under them shows beside the plain completion. */
export function SteerSection(): ReactNode {
  const { steering, store } = useWorkspace()
  const parts = useApp((state) => state.steering.parts)
  const running = useApp((state) => state.steering.running)
  if (parts.length === 0) return null
  return (
    <section aria-label="Steer">
      <h3>
        Steer <em>attention × factor</em>
      </h3>
      <ul className="steered-parts">
        {parts.map((item) => (
          <SteeredLine key={item.part.positions.join(' ')} item={item} />
        ))}
      </ul>
      <div className="actions">
        <button type="button" className="button primary" disabled={running} onClick={() => attempt(store, steering.write)}>
          {running ? 'Writing…' : 'Write again'}
        </button>
        <button type="button" className="link" onClick={steering.clear}>
          Clear
        </button>
      </div>
    </section>
  )
}

function SteeredLine({ item: { part, factor } }: { item: SteeredPart }): ReactNode {
  const { steering } = useWorkspace()
  const known = useApp(({ explaining }) => explaining.answer?.known)
  if (known === undefined) return null
  const words = partLabel(known, part)
  return (
    <li className="parameter">
      <span title={words}>{words}</span>
      <Slider
        label={`Factor of ${words}`}
        value={factor}
        least={0}
        most={3}
        step={0.1}
        text={formatFactor(factor)}
        onChange={(next) => steering.factor(part, next)}
      />
      <output>{formatFactor(factor)}</output>
      <button type="button" className="icon-button small" aria-label={`Take out ${words}`} onClick={() => steering.drop(part)}>
        <Icon name="close" size={12} />
      </button>
    </li>
  )
}
