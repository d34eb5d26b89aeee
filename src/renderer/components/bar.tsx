import type { CSSProperties, ReactNode } from 'react'

/** A relevance as a bar from the middle: warm to the right supports, cool to the left opposes. */
export function RelevanceBar({ nats, maximum }: { nats: number; maximum: number }): ReactNode {
  const share = maximum > 0 ? Math.min(1, Math.abs(nats) / maximum) : 0
  const style: CSSProperties = { width: `${share * 50}%`, ...(nats < 0 ? { right: '50%' } : { left: '50%' }) }
  return (
    <span className="track middle" aria-hidden="true">
      <span className={nats < 0 ? 'cool' : 'warm'} style={style} />
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
