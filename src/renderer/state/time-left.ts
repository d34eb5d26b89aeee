import type { Progress } from '../../shared/values/progress.ts'

/** A job's progress with the time it began, so that the rest can be estimated. */
export interface TimedProgress extends Progress {
  /** Milliseconds from any fixed moment. */
  readonly startedAt: number
  /** Passes that were already done then. */
  readonly startedWith: number
  readonly now: number
}

/** Seconds left at the pace so far; `null` before there is a pace. */
export function secondsLeft({ done, total, startedAt, startedWith, now }: TimedProgress): number | null {
  const [passes, elapsed] = [done - startedWith, now - startedAt]
  if (passes <= 0 || elapsed <= 0) return null
  return (((total - done) / passes) * elapsed) / 1000
}

/** A duration in words, short: "0.4 s", "12 s", "3 min". */
export function shortDuration(seconds: number): string {
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`
  if (seconds < 99.5) return `${seconds.toFixed(0)} s`
  return `${Math.round(seconds / 60)} min`
}
