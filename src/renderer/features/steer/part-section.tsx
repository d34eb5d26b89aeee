import type { ReactNode } from 'react'
import { largest } from '../../../shared/explanation/scale.ts'
import { formatNats } from '../../../shared/colour/legend.ts'
import { strongestDrops } from './strongest-drops.ts'
import { RelevanceBar } from '../../components/bar.tsx'
import { Icon } from '../../components/icon.tsx'
import { TokenText } from '../../components/token-text.tsx'
import { useApp, useWorkspace } from '../../hooks/workspace-context.ts'
import { selectDrops } from '../../state/selectors.ts'
import { samePart } from '../../state/commands/steering.ts'
import { selectPartWords } from './part-words.ts'

const shown = 5

/** The reverse question: which tokens drop without the chosen part. */
export function PartSection(): ReactNode {
  const { pinning, steering } = useWorkspace()
  const part = useApp(({ viewing }) => viewing.part)
  const words = useApp(selectPartWords)
  const drops = useApp(selectDrops)
  const steered = useApp((state) => part !== null && state.steering.parts.some((other) => samePart(other.part, part)))
  if (part === null) return null
  const maximum = largest(drops.map(({ nats }) => nats))
  const patches = part.kind === 'patches' ? part.positions.length : 1
  return (
    <section className="part-section" aria-label="Chosen part">
      <h3>
        Without {words}
        <button
          type="button"
          className="icon-button small"
          aria-label="Let it go"
          title="Let it go (Esc)"
          onClick={() => pinning.choose(null)}
        >
          <Icon name="close" size={12} />
        </button>
      </h3>
      <p className="note">
        {patches > 1 ? `tokens drop by, mean of ${patches} patches suppressed one by one` : 'these tokens drop by'}
      </p>
      <ol className="bars" aria-label="Tokens that drop">
        {strongestDrops(drops, shown).map(({ target, nats }) => (
          <li key={target.column}>
            <button type="button" className="bar" onClick={() => pinning.pin(target, false)}>
              <span className="text">
                <TokenText text={target.text} />
              </span>
              <RelevanceBar nats={nats} maximum={Math.max(maximum, 0.05)} />
              <span className="value">{formatNats(nats)}</span>
            </button>
          </li>
        ))}
      </ol>
      {!steered && (
        <div className="actions">
          <button type="button" className="button" onClick={() => steering.factor(part, 0.1)}>
            Steer…
          </button>
        </div>
      )}
    </section>
  )
}
