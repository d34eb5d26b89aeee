import type { KeyboardEvent, ReactNode } from 'react'
import type { TargetRef } from '../../../shared/explanation/question.ts'
import { sameTarget } from '../../../shared/explanation/target-ref.ts'
import type { View } from '../../../shared/explanation/view.ts'
import { droppedSentence } from '../../../shared/explanation/view/sentences.ts'
import type { ViewToken } from '../../../shared/explanation/view/view-tokens.ts'
import { Icon } from '../../components/icon.tsx'
import { useTheme } from '../../hooks/theme.ts'
import { useApp, useWorkspace } from '../../hooks/workspace-context.ts'
import { isBusy, selectStale } from '../../state/selectors.ts'
import type { State } from '../../state/state.ts'
import { selectView } from '../../state/store.ts'
import { Chip } from './chip.tsx'
import type { ChipState } from './chip.tsx'
import { groundColour, lineColour } from './chip-colours.ts'

/** From so many tokens on the prompt scrolls by itself, so that the completion always shows. */
const longPrompt = 28

/** Prompt and completion as tokens, with the keys that step through them. */
export function TokenRow(): ReactNode {
  const view = useApp(selectView)
  const { pinning } = useWorkspace()
  const playing = useApp(({ viewing }) => viewing.playing)
  if (view === null) return null
  const some = view.tokens.some(({ segment }) => segment === 'completion')
  const asked = view.tokens.filter(({ segment }) => segment === 'prompt').length
  return (
    <div className="token-row" data-keeps-arrows onKeyDown={(event) => stepWithFocus(event, pinning.step)}>
      <div className={`tokens ${asked > longPrompt ? 'long' : ''}`}>
        <TokenList segment="prompt" label="Prompt words" view={view} />
        <TokenList segment="completion" label="Completion" view={view} />
        <Writing />
      </div>
      {some && (
        <div className="stepping" role="group" aria-label="Step through the tokens">
          <button
            type="button"
            className="icon-button"
            aria-label="Previous token"
            title="Previous token"
            onClick={() => pinning.step(-1)}
          >
            <Icon name="previous" />
          </button>
          <button
            type="button"
            className="icon-button"
            aria-label={playing ? 'Pause' : 'Play'}
            title={playing ? 'Pause' : 'Play token by token'}
            onClick={() => pinning.play(!playing)}
          >
            <Icon name={playing ? 'pause' : 'play'} filled={!playing} />
          </button>
          <button
            type="button"
            className="icon-button"
            aria-label="Next token"
            title="Next token"
            onClick={() => pinning.step(1)}
          >
            <Icon name="next" />
          </button>
        </div>
      )}
    </div>
  )
}

/** The caret while the model writes. */
function Writing(): ReactNode {
  const writing = useApp((state) => isBusy(state) && state.explaining.answer?.finished === false)
  return writing ? <span className="caret" aria-hidden="true" /> : null
}

function TokenList({ segment, label, view }: { segment: TargetRef['segment']; label: string; view: View }): ReactNode {
  const theme = useTheme()
  const pinned = useApp(({ viewing }) => viewing.pinned)
  const preview = useApp(({ viewing }) => viewing.preview)
  const chipState = useApp(stateOf)
  const tokens = view.tokens.filter((token) => token.segment === segment)
  const asked = view.without !== null
  const tone = view.tones.words
  const entry = pinned.find((ref) => ref.segment === segment)?.index ?? firstPlace
  return (
    <ol className={`chips ${segment}`} aria-label={label}>
      {tokens.map((token, index) => (
        <Chip
          key={index}
          segment={segment}
          index={index}
          text={token.text}
          label={token.label}
          state={segment === 'prompt' && !token.watched ? 'plain' : chipState}
          pinned={pinned.some((ref) => sameTarget(ref, token))}
          previewed={preview !== null && sameTarget(preview, token)}
          later={token.look === 'later'}
          focusable={index === entry}
          joined={continuesWord(tokens[index - 1]?.text, token.text)}
          ground={groundColour(token.dropShare, view.tones.drops, theme)}
          line={asked ? null : lineColour(token.share, tone, theme)}
          title={titleOf(view, token)}
        />
      ))}
    </ol>
  )
}

/** Where the Tab key lands while no token of the list is pinned. */
const firstPlace = 0

function titleOf(view: View, token: ViewToken): string | undefined {
  const { drop, dropShare } = token
  if (drop === null || dropShare === null) return undefined
  return droppedSentence(view, { ...token, nats: drop, share: dropShare }) ?? undefined
}

function stateOf(state: State): ChipState {
  const { answer } = state.explaining
  if (answer === null || answer.known.numbers.kind === 'none') return isBusy(state) ? 'waiting' : 'plain'
  return selectStale(state) ? 'stale' : 'ready'
}

/** Pieces of one word stand close together. */
function continuesWord(before: string | undefined, text: string): boolean {
  return before !== undefined && /[\p{L}\p{N}]$/u.test(before) && /^[\p{L}\p{N}]/u.test(text)
}

/** Arrow keys step as everywhere, and the focus goes along. */
function stepWithFocus(event: KeyboardEvent<HTMLDivElement>, step: (by: 1 | -1) => void): void {
  if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return
  if (!(event.target instanceof HTMLElement)) return
  event.preventDefault()
  const root = event.currentTarget
  const inList = event.target.closest('.chips') !== null
  step(event.key === 'ArrowRight' ? 1 : -1)
  if (inList) requestAnimationFrame(() => root.querySelector<HTMLElement>('.chip[aria-pressed=true]')?.focus())
}
