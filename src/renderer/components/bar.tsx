import type { CSSProperties, ReactNode } from 'react'
import type { Tone } from '../../shared/colour/ramp.ts'

/** A relevance as a bar from the middle: warm to the right supports, cool to the left opposes, grey says nothing. @param share of full colour, in [-1, 1] */
export function RelevanceBar({ share, tone }: { share: number; tone: Tone }): ReactNode {
  const look = tone === 'grey' ? 'grey' : share < 0 ? 'cool' : 'warm'
  const style: CSSProperties = { width: `${Math.abs(share) * 50}%`, ...(share < 0 ? { right: '50%' } : { left: '50%' }) }
  return (
    <span className="track middle" aria-hidden="true">
      <span className={look} style={style} />
    </span>
  )
}

/** A probability as a bar from the left. */
export function ProbabilityBar({ probability }: { probability: number }): ReactNode {
  return (
    <span className="track" aria-hidden="true">
      <span className="ink" style={{ width: `max(2px, ${probability * 100}%)` }} />
    </span>
  )
}
