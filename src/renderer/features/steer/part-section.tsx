import type { ReactNode } from 'react'
import { formatNats } from '../../../shared/explanation/numbers.ts'
import { samePart } from '../../../shared/explanation/part.ts'
import type { View } from '../../../shared/explanation/view.ts'
import { droppedSentence } from '../../../shared/explanation/view/sentences.ts'
import type { ViewDrop } from '../../../shared/explanation/view/view-drops.ts'
import { strongestFirst } from '../../../shared/explanation/view/view-words.ts'
import { RelevanceBar } from '../../components/bar.tsx'
import { Icon } from '../../components/icon.tsx'
import { useApp, useWorkspace } from '../../hooks/workspace-context.ts'
import { isBusy } from '../../state/selectors.ts'
import { selectView } from '../../state/store.ts'

const shown = 5

/** The reverse question: which tokens drop without the chosen part, in one pass. */
export function PartSection(): ReactNode {
  const { pinning, steering } = useWorkspace()
  const view = useApp(selectView)
  const steered = useApp((state) => state.steering.parts)
  if (!view?.without) return null
  const { part, title, words, drops } = view.without
  return (
    <section className="part-section" aria-label="Chosen part">
      <h3>
        <span data-role="without">{title}</span>
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
      {drops === null ? <Missing /> : <Drops view={view} drops={drops} words={words} />}
      {!steered.some((other) => samePart(other.part, part)) && (
        <div className="actions">
          <button type="button" className="button" onClick={() => steering.factor(part, 0.1)}>
            Steer…
          </button>
        </div>
      )}
    </section>
  )
}

function Drops({ view, drops, words }: { view: View; drops: readonly ViewDrop[]; words: string }): ReactNode {
  const { pinning } = useWorkspace()
  return (
    <>
      <p className="note" data-role="without-words">
        {words}
      </p>
      <ol className="bars" aria-label="Tokens that drop">
        {strongestFirst(drops)
          .slice(0, shown)
          .map((drop) => (
            <li key={`${drop.segment} ${drop.index}`}>
              <button
                type="button"
                className="bar"
                title={droppedSentence(view, drop) ?? undefined}
                onClick={() => pinning.pin(drop, false)}
              >
                <span className="text">{drop.label}</span>
                <RelevanceBar share={drop.share} tone={view.tones.drops} />
                <span className="value">{formatNats(drop.nats)}</span>
              </button>
            </li>
          ))}
      </ol>
    </>
  )
}

/** Why nothing is known of the part yet. */
function Missing(): ReactNode {
  const { jointPasses } = useWorkspace()
  const pass = useApp(({ viewing }) => viewing.partPass)
  const busy = useApp(isBusy)
  switch (pass.kind) {
    case 'running':
      return (
        <p className="note" role="status">
          computing…
        </p>
      )
    case 'failed':
      return (
        <p className="note">
          {pass.message}{' '}
          <button type="button" className="link" onClick={jointPasses.retry}>
            Try again
          </button>
        </p>
      )
    case 'idle':
      return (
        <p className="note">
          {busy
            ? 'It is computed once the exact map is there.'
            : 'It needs the exact map, which was not computed: Recompute does it.'}
        </p>
      )
  }
}
