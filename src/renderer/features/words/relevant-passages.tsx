import type { ReactNode } from 'react'
import { largest } from '../../../shared/explanation/scale.ts'
import { formatNats } from '../../../shared/colour/legend.ts'
import { strongestFirst } from '../../../shared/explanation/shown-words.ts'
import { RelevanceBar } from '../../components/bar.tsx'
import { useApp, useWorkspace } from '../../hooks/workspace-context.ts'
import { samePart } from '../../state/commands/steering.ts'
import { selectPassages } from '../../state/selectors.ts'
import type { Part } from '../../state/state.ts'

const shown = 5

/** What whole sentences did for the explained token, each suppressed at once; nothing where none were. */
export function RelevantPassages(): ReactNode {
  const { pinning } = useWorkspace()
  const passages = useApp(selectPassages)
  const chosen = useApp(({ viewing }) => viewing.part)
  if (passages.length < 2) return null
  const maximum = largest(passages.map(({ nats }) => nats))
  return (
    <section aria-label="Relevance of sentences">
      <h3>
        Relevant sentences <em>nats</em>
      </h3>
      <ol className="bars wide" aria-label="Relevant sentences">
        {strongestFirst(passages)
          .slice(0, shown)
          .map(({ input, nats }) => {
            const part: Part = { kind: 'text', positions: input.members, text: input.text }
            const own = chosen !== null && samePart(chosen, part)
            return (
              <li key={input.index}>
                <button
                  type="button"
                  className="bar"
                  aria-pressed={own}
                  title={input.text}
                  onClick={() => pinning.choose(own ? null : part)}
                >
                  <span className="text">{input.text}</span>
                  <RelevanceBar nats={nats} maximum={Math.max(maximum, 0.05)} />
                  <span className="value">{formatNats(nats)}</span>
                </button>
              </li>
            )
          })}
      </ol>
    </section>
  )
}
