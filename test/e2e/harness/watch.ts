import type { Page } from 'playwright-core'

/** What a watched page showed one after the other. */
export interface Watched {
  /** How fine the map was. */
  readonly maps: readonly string[]
  /** How many tokens the completion had. */
  readonly counts: readonly number[]
}

/** Notes every state of map and completion from now on; what the returned function tells is complete, however short a state lasted. */
export async function watch(page: Page): Promise<() => Promise<Watched>> {
  await page.evaluate(() => {
    const seen: { maps: string[]; counts: number[] } = { maps: [], counts: [] }
    const note = (): void => {
      const map = document.querySelector('figure[data-map]')?.getAttribute('data-map') ?? 'none'
      const count = document.querySelectorAll('ol[aria-label=Completion] button, ul[aria-label=Completion] button').length
      if (seen.maps.at(-1) !== map) seen.maps.push(map)
      if (seen.counts.at(-1) !== count) seen.counts.push(count)
    }
    Object.assign(globalThis, { watched: seen })
    new MutationObserver(note).observe(document.body, {
      subtree: true,
      childList: true,
      attributes: true,
      attributeFilter: ['data-map'],
    })
  })
  return () => page.evaluate(() => (globalThis as unknown as { watched: Watched }).watched)
}
