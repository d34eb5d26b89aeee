import { useState } from 'react'
import type { ReactNode } from 'react'
import { isClear, largest } from '../../../shared/explanation/scale.ts'
import { formatNats, noClearRelevance } from '../../../shared/colour/legend.ts'
import { strongestFirst } from '../../../shared/explanation/shown-words.ts'
import type { WeighedInput } from '../../../shared/explanation/shown-words.ts'
import { RelevanceBar } from '../../components/bar.tsx'
import { TokenText } from '../../components/token-text.tsx'
import { useApp, useWorkspace } from '../../hooks/workspace-context.ts'
import { samePart } from '../../state/commands/steering.ts'
import { selectWords } from '../../state/selectors.ts'
import type { Part } from '../../state/state.ts'

const shownAtFirst = 6

/** What the words before the explained token did for it. Choosing one asks the reverse question. */
export function RelevantWords(): ReactNode {
  const words = useApp(selectWords)
  const map = useApp(({ explaining }) => explaining.answer?.map.kind)
  const [all, setAll] = useState(false)
  const sorted = strongestFirst(words)
  const shown = all ? sorted : sorted.slice(0, shownAtFirst)
  const maximum = largest(words.map(({ nats }) => nats))
  return (
    <section aria-label="Relevance of words">
      <h3>
        Relevant words <em>nats</em>
      </h3>
      {map !== 'full' ? (
        <p className="empty">{map === undefined ? 'Nothing is explained yet.' : 'They come with the full map.'}</p>
      ) : words.length === 0 ? (
        <p className="empty">No words stand before this token.</p>
      ) : (
        <>
          {!isClear(words.map(({ nats }) => nats)) && <p className="empty">{noClearRelevance}</p>}
          <ol className="bars" aria-label="Relevant words">
            {shown.map((word) => (
              <Word key={word.input.index} word={word} maximum={maximum} />
            ))}
          </ol>
          {sorted.length > shownAtFirst && (
            <button type="button" className="link" onClick={() => setAll(!all)}>
              {all ? 'Show the strongest' : `Show all ${sorted.length}`}
            </button>
          )}
        </>
      )}
    </section>
  )
}

function Word({ word: { input, nats }, maximum }: { word: WeighedInput; maximum: number }): ReactNode {
  const { pinning } = useWorkspace()
  const part: Part = { kind: 'text', positions: input.members, text: input.text }
  const chosen = useApp(({ viewing }) => viewing.part !== null && samePart(viewing.part, part))
  return (
    <li>
      <button
        type="button"
        className="bar"
        aria-pressed={chosen}
        title={`Suppressing attention to “${input.text.trim()}” changes the token's log-probability by ${formatNats(-nats, 3)} nats`}
        onClick={() => pinning.choose(chosen ? null : part)}
      >
        <span className="text">
          <TokenText text={input.text} />
        </span>
        <RelevanceBar nats={nats} maximum={Math.max(maximum, 0.05)} />
        <span className="value">{formatNats(nats)}</span>
      </button>
    </li>
  )
}
