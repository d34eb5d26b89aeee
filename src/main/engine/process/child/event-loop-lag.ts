import { monitorEventLoopDelay } from 'node:perf_hooks'

const resolutionMs = 5
const nanosecondsPerMs = 1e6

/** How late this process's event loop was, in milliseconds: 99 of 100 samples at most `p99Ms`. */
export interface EventLoopLag {
  readonly p50Ms: number
  readonly p99Ms: number
  readonly maxMs: number
}

/** Measures how late the event loop of this process runs, from now until the call it returns. */
export function measureEventLoopLag(): () => EventLoopLag {
  const histogram = monitorEventLoopDelay({ resolution: resolutionMs })
  histogram.enable()
  return () => {
    histogram.disable()
    return {
      p50Ms: lateness(histogram.percentile(50)),
      p99Ms: lateness(histogram.percentile(99)),
      maxMs: lateness(histogram.max),
    }
  }
}

/** Node records the time between two samples, of which the agreed interval is no lag. No sample at all means no full turn yet. */
function lateness(nanoseconds: number): number {
  return Math.max(0, nanoseconds / nanosecondsPerMs - resolutionMs)
}
