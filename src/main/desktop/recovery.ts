/** Two losses of a page closer than this mean that loading it again does not help. */
const tooSoonMs = 60_000

/** What to do about a lost page: load it again, or show the page that needs no script. */
export type Recovery = 'reload' | 'stopped'

/**
 * Decides what follows the loss of a page: the first is loaded again, the second within a minute is not.
 * @param now milliseconds of a clock that never goes back
 */
export function recoveryPlan(now: () => number): () => Recovery {
  let last = Number.NEGATIVE_INFINITY
  return () => {
    const soon = now() - last < tooSoonMs
    last = now()
    return soon ? 'stopped' : 'reload'
  }
}
