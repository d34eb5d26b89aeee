import { memo } from 'react'
import type { CSSProperties, ReactNode } from 'react'
import type { TargetRef } from '../../../shared/explanation/question.ts'
import { TokenText } from '../../components/token-text.tsx'
import { useWorkspace } from '../../hooks/workspace-context.ts'

/** How far a token's explanation is. */
export type ChipState = 'waiting' | 'ready' | 'stale' | 'plain'

/** A token as a button: hover previews, a click pins, with shift it extends the span. */
export const Chip = memo(function Chip(props: {
  segment: TargetRef['segment']
  index: number
  text: string
  /** As it is spoken of. */
  label: string
  state: ChipState
  pinned: boolean
  previewed: boolean
  /** Whether it was written after the explained token, and so is of no account. */
  later: boolean
  focusable: boolean
  /** Whether it goes on with the word of the token before it. */
  joined: boolean
  /** Ground colour in the reverse question; `null` without one. */
  ground: string | null
  /** Colour of the line below it: what it did for the explained token as part of the input. */
  line: string | null
  title: string | undefined
}): ReactNode {
  const { pinning } = useWorkspace()
  const { segment, index } = props
  const style = { '--tint': props.ground ?? undefined, '--mark': props.line ?? undefined } as CSSProperties
  const classes = [
    'chip',
    segment,
    props.state,
    props.previewed ? 'previewed' : '',
    props.later ? 'later' : '',
    props.ground === null ? '' : 'tinted',
    props.joined ? 'joined' : '',
  ]
  return (
    <li>
      <button
        type="button"
        className={classes.join(' ')}
        style={style}
        aria-pressed={props.pinned}
        aria-label={props.label}
        tabIndex={props.focusable ? 0 : -1}
        title={props.title}
        data-index={index}
        data-token={`${segment} ${index}`}
        onClick={(event) => pinning.pin({ segment, index }, event.shiftKey)}
        onPointerEnter={() => pinning.preview({ segment, index })}
        onPointerLeave={() => pinning.preview(null)}
      >
        <TokenText text={props.text} />
      </button>
    </li>
  )
})
