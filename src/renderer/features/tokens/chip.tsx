import { memo } from 'react'
import type { CSSProperties, ReactNode } from 'react'
import { TokenText, tokenName } from '../../components/token-text.tsx'
import type { TargetRef } from '../../../shared/explanation/question.ts'

/** How far a token's explanation is. */
export type ChipState = 'waiting' | 'ready' | 'stale' | 'plain'

/** A token as a button: hover previews, a click pins, with shift it extends the span. */
export const Chip = memo(function Chip(props: {
  segment: TargetRef['segment']
  index: number
  text: string
  state: ChipState
  pinned: boolean
  previewed: boolean
  focusable: boolean
  /** Whether it goes on with the word of the token before it. */
  joined: boolean
  /** Ground colour in the reverse question; `null` without one. */
  ground: string | null
  /** Colour of the line below it: what it did for the explained token as part of the input. */
  line: string | null
  title: string | undefined
  onPin: (ref: TargetRef, extend: boolean) => void
  onPreview: (ref: TargetRef | null) => void
}): ReactNode {
  const ref: TargetRef = { segment: props.segment, index: props.index }
  const style = { '--tint': props.ground ?? undefined, '--mark': props.line ?? undefined } as CSSProperties
  const classes = [
    'chip',
    props.segment,
    props.state,
    props.previewed ? 'previewed' : '',
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
        aria-label={tokenName(props.text)}
        tabIndex={props.focusable ? 0 : -1}
        title={props.title}
        data-index={props.index}
        onClick={(event) => props.onPin(ref, event.shiftKey)}
        onPointerEnter={() => props.onPreview(ref)}
        onPointerLeave={() => props.onPreview(null)}
      >
        <TokenText text={props.text} />
      </button>
    </li>
  )
})
