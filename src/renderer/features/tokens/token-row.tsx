import { useMemo } from 'react'
import type { KeyboardEvent, ReactNode } from 'react'
import { largest } from '../../../shared/explanation/scale.ts'
import { formatNats } from '../../../shared/colour/legend.ts'
import { findTarget, sameTarget } from '../../../shared/explanation/target-ref.ts'
import type { TargetRef } from '../../../shared/explanation/question.ts'
import { Icon } from '../../components/icon.tsx'
import { useTheme } from '../../hooks/theme.ts'
import { useApp, useWorkspace } from '../../hooks/workspace-context.ts'
import type { Answer } from '../../state/answer.ts'
import { isBusy, positionOf, selectDrops, selectStale, selectTextMaximum, selectTokenNats } from '../../state/selectors.ts'
import type { State } from '../../state/state.ts'
import { Chip } from './chip.tsx'
import type { ChipState } from './chip.tsx'
import { groundColour, lineColour } from './chip-colours.ts'

/** From so many tokens on the prompt scrolls by itself, so that the completion always shows. */
const longPrompt = 28

/** Prompt and completion as tokens, with the keys that step through them. */
export function TokenRow(): ReactNode {
  const answer = useApp(({ explaining }) => explaining.answer)
  const { pinning } = useWorkspace()
  const playing = useApp(({ viewing }) => viewing.playing)
  if (answer === null) return null
  const some = answer.completion.tokens.length > 0
  return (
    <div className="token-row" data-keeps-arrows onKeyDown={(event) => stepWithFocus(event, pinning.step)}>
      <div className={`tokens ${answer.prompt.length > longPrompt ? 'long' : ''}`}>
        <TokenList segment="prompt" label="Prompt words" answer={answer} />
        <TokenList segment="completion" label="Completion" answer={answer} />
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
  const writing = useApp((state) => isBusy(state) && state.explaining.answer?.completion.finished === false)
  return writing ? <span className="caret" aria-hidden="true" /> : null
}

function TokenList({ segment, label, answer }: { segment: TargetRef['segment']; label: string; answer: Answer }): ReactNode {
  const { pinning } = useWorkspace()
  const theme = useTheme()
  const pinned = useApp(({ viewing }) => viewing.pinned)
  const preview = useApp(({ viewing }) => viewing.preview)
  const nats = useApp(selectTokenNats)
  const maximum = useApp(selectTextMaximum)
  const drops = useApp(selectDrops)
  const chipState = useApp(stateOf)
  const tokens = segment === 'prompt' ? answer.prompt : answer.completion.tokens
  const byColumn = useMemo(() => new Map(drops.map(({ target, nats: drop }) => [target.column as number, drop])), [drops])
  const most = useMemo(() => largest(drops.map((drop) => drop.nats)), [drops])
  const entry = Math.max(0, pinned.find((ref) => ref.segment === segment)?.index ?? 0)
  return (
    <ol className={`chips ${segment}`} aria-label={label}>
      {tokens.map(({ text }, index) => {
        const ref = { segment, index }
        const target = findTarget(answer.targets, ref)
        const drop = target === undefined ? undefined : byColumn.get(target.column)
        return (
          <Chip
            key={index}
            segment={segment}
            index={index}
            text={text}
            state={segment === 'prompt' && target === undefined ? 'plain' : chipState}
            pinned={pinned.some((other) => sameTarget(other, ref))}
            previewed={preview !== null && sameTarget(preview, ref)}
            focusable={index === entry}
            joined={continuesWord(tokens[index - 1]?.text, text)}
            ground={groundColour(drop, most, theme)}
            line={drops.length > 0 ? null : lineColour(nats.get(positionOf(answer, ref)), maximum, theme)}
            title={drop === undefined ? undefined : `${formatNats(drop, 3)} nats lost without the chosen part`}
            onPin={pinning.pin}
            onPreview={pinning.preview}
          />
        )
      })}
    </ol>
  )
}

function stateOf(state: State): ChipState {
  const { answer } = state.explaining
  if (answer === null || answer.map.kind === 'none') return isBusy(state) ? 'waiting' : 'plain'
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
